"""The viewer in a browser, from the folder of a site: opened, turned, addressed and left again."""

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import open_browser
from tests.sites import ROOT, SMALL, built, served, write_archive

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
VENDORED = ROOT / "generator" / "assets" / "vendor" / "photoswipe"
NAMES = ("first", "second", "strip", "last")


def jpeg(size: tuple[int, int], colour: tuple[int, int, int]) -> bytes:
    noise = Image.effect_noise(size, 40).convert("RGB")
    buffer = io.BytesIO()
    Image.blend(noise, Image.new("RGB", size, colour), 0.6).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shots = "".join(
        f"  - {{id: {name}, file: {name}.jpg, caption: 图注-{name}, alt: 画面, credit: 王芳}}\n"
        for name in NAMES
    )
    files: dict[str, str | bytes] = {
        **SMALL,
        "records/activities/pictured.yml": (
            f"date: 2020-03-02\ntitle: 一天\ntask: delivery\nphotos:\n{shots}"
        ),
        "records/activities/later.yml": (
            "date: 2020-04-02\ntitle: 又一天\ntask: delivery\n"
            "photos:\n  - {id: later, file: later.jpg, caption: 四月, alt: 画面}\n"
        ),
    }
    for number, name in enumerate((*NAMES, "later")):
        size = (500, 4000) if name == "strip" else (2000, 1300)
        files[f"photos/{name}.jpg"] = jpeg(size, (60 * number, 120, 200 - 40 * number))
    return built(write_archive(tmp_path_factory.mktemp("gallery"), files))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    shown = context.new_page()
    complaints: list[str] = []
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.on("requestfailed", lambda request: complaints.append(request.url))
    yield shown
    context.close()
    assert not complaints


def viewer_of(page: Page) -> str:
    """The caption in the viewer, once it is open."""
    words = page.locator(".pswp__viewer-words")
    expect(words).to_be_visible()
    return words.inner_text()


def wait_for_all(page: Page, asked: list[str], answered: list[str]) -> None:
    """Let the page have every file it asked for: its server may go only then."""
    for _ in range(100):
        if len(answered) == len(asked):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"Asked for and not answered: {sorted(set(asked) - set(answered))}")


def test_a_click_opens_the_viewer_with_words_and_ways(site: Path, page: Page) -> None:
    page.goto((site / "gallery" / "2020-03.html").as_uri())
    page.locator("#photo-second a").click()
    words = viewer_of(page)
    assert "图注-second" in words and "王芳" in words
    expect(page).to_have_url(re.compile(r"/2020-03\.html#photo=second$"))
    day = page.locator(".pswp__viewer-words a").first.get_attribute("href") or ""
    assert day.endswith("/days/2020-03-02.html")
    page.locator(".pswp__viewer-words a").nth(1).click()
    expect(page).to_have_url((site / "photos" / "second.html").as_uri())


def test_arrow_keys_turn_and_escape_leaves_without_leaving_the_page(site: Path, page: Page) -> None:
    # The page has arrow keys of its own, which lead to the next month.
    page.goto((site / "gallery" / "2020-03.html").as_uri())
    page.locator("#photo-first a").click()
    assert "图注-first" in viewer_of(page)
    page.keyboard.press("ArrowRight")
    expect(page.locator(".pswp__viewer-words")).to_contain_text("图注-second")
    expect(page).to_have_url((site / "gallery" / "2020-03.html").as_uri() + "#photo=second")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".pswp__viewer-words")).to_contain_text("图注-first")
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    expect(page).to_have_url((site / "gallery" / "2020-03.html").as_uri())
    expect(page.locator("#photo-first a")).to_be_focused()


def test_an_address_opens_its_photograph_and_back_closes_it(site: Path, page: Page) -> None:
    page.goto((site / "gallery" / "2020-03.html").as_uri() + "#photo=last")
    assert "图注-last" in viewer_of(page)
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    page.locator("#photo-first a").click()
    viewer_of(page)
    page.go_back()
    expect(page.locator(".pswp")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("#photo"))


def test_a_day_page_opens_its_photographs_too(site: Path, page: Page) -> None:
    page.goto((site / "days" / "2020-03-02.html").as_uri())
    page.locator("a.photo-frame").first.click()
    assert "图注-first" in viewer_of(page)


def test_a_strip_opens_at_its_top_and_at_the_width_of_the_screen(
    site: Path, browser: Browser
) -> None:
    context = browser.new_context(
        viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=3,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto((site / "gallery" / "2020-03.html").as_uri() + "#photo=strip")
    viewer_of(page)
    page.wait_for_timeout(500)
    shown = page.locator(".pswp__item[aria-hidden=false] img.pswp__img").last.bounding_box()
    assert shown is not None and shown["width"] > 350 and 0 <= shown["y"] < 100
    page.goto((site / "photos" / "strip.html").as_uri())
    box = page.locator(".stage img").bounding_box()
    assert box is not None and box["width"] > 350
    context.close()


def test_a_swipe_turns_and_a_pinch_enlarges(site: Path, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto((site / "gallery" / "2020-03.html").as_uri())
    page.locator("#photo-first a").tap()
    viewer_of(page)
    page.wait_for_timeout(800)
    touch = context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    send("touchStart", (150, 400), (230, 400))
    for step in range(1, 9):
        send("touchMove", (150 - 12 * step, 400), (230 + 12 * step, 400))
        page.wait_for_timeout(30)
    send("touchEnd")
    page.wait_for_timeout(800)
    image = page.locator(".pswp__item[aria-hidden=false] img.pswp__img").last
    box = image.bounding_box()
    assert box is not None and box["width"] > 500
    page.keyboard.press("Escape")
    expect(page.locator(".pswp")).to_have_count(0)
    page.locator("#photo-first a").tap()
    viewer_of(page)
    page.wait_for_timeout(800)
    send("touchStart", (340, 400))
    for step in range(1, 9):
        send("touchMove", (340 - 35 * step, 400))
        page.wait_for_timeout(20)
    send("touchEnd")
    expect(page.locator(".pswp__viewer-words")).to_contain_text("图注-second")
    context.close()


def test_without_scripts_a_photograph_has_its_page(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "gallery" / "index.html").as_uri())
    page.locator("#photo-first a").click()
    expect(page).to_have_url((site / "photos" / "first.html").as_uri())
    expect(page.locator("h1")).to_have_text("图注-first")
    context.close()


@pytest.mark.parametrize(
    "path", ["gallery/index.html", "gallery/2020-03.html", "photos/strip.html"]
)
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_pictures_load(
    site: Path, browser: Browser, size: ViewportSize, path: str
) -> None:
    page = browser.new_page(viewport=size)
    page.goto((site / path).as_uri())
    page.wait_for_timeout(400)
    moved = page.evaluate(
        """() => new Promise(done => { let sum = 0;
        new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
          .observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 200); })"""
    )
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    page.close()
    assert moved < 0.01 and overflow <= 0


def test_the_first_view_of_a_phone_is_light(site: Path, browser: Browser) -> None:
    context = browser.new_context(
        viewport=PHONE, is_mobile=True, has_touch=True, device_scale_factor=3
    )
    page = context.new_page()
    page.goto((site / "gallery" / "2020-03.html").as_uri())
    page.wait_for_timeout(500)
    names = page.evaluate(
        """() => [...document.images].filter(one => one.getBoundingClientRect().top < innerHeight)
        .map(one => one.currentSrc.split("/").pop()).filter(Boolean)"""
    )
    context.close()
    length = sum((site / "assets" / "photos" / name).stat().st_size for name in names)
    # Noise is the hardest thing to compress: no real photograph is as large.
    assert names and all("-1600" not in name for name in names) and length < 300_000


def test_over_http_nothing_else_is_asked_for(site: Path, page: Page) -> None:
    asked: list[str] = []
    answered: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: answered.append(request.url))
    with served(site) as address:
        page.goto(f"{address}/gallery/2020-03.html")
        assert not [url for url in asked if "photoswipe" in url]
        page.locator("#photo-first a").click()
        viewer_of(page)
        assert [url for url in asked if url.endswith("photoswipe.umd.min.js")]
        wait_for_all(page, asked, answered)
        assert all(url.startswith((address, "data:")) for url in asked)


def test_the_vendored_library_is_what_its_makers_released() -> None:
    listed = (VENDORED / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {line.split("  ")[1]: line.split("  ")[0] for line in listed}
    assert set(sums) | {"SHA256SUMS"} == {path.name for path in VENDORED.iterdir()}
    for name, digest in sums.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == digest
