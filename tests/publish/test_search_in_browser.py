"""The search as readers meet it: the real index and the real script in a real browser."""

import html
import json
import random
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect, sync_playwright

from generator.publish.search import FOLDER, SearchEntry, begin_index, fold, volumes

SCRIPT = Path(__file__).parents[2] / "generator" / "assets" / "search.js"
INTERFACE = {
    "count": "共 {n} 条",
    "none": "没有找到“{q}”。",
    "near": "没有完全相同的，以下是相近的结果。",
    "loading": "正在查找…",
    "failed": "没有读到搜索索引，请刷新页面再试。",
    "all": "查看全部 {n} 条",
    "more": "再显示 {n} 条",
    "prompt": "输入人名、日期、事情或物品。",
    "results": "搜索结果",
    "kinds": {"day": "日志", "member": "成员"},
}
ALPHABET = "消毒液户部巷社区李辉的一二三月日０1234-年aBbｃé①，。“” 　\n𬱖𠮷"
MEETING = SearchEntry(
    url="days/2020-03-04.html#first-meeting",
    kind="day",
    title="第一次党员大会",
    date="2020年3月4日",
    text="晚上7:30线上报到，重温入党誓词。" + "大家交流了心得体会。" * 20 + "最后合影留念。",
    thumbnail="assets/photo.svg",
    aliases=("2020-03-04", "3月4日"),
)
TRAP = SearchEntry("days/trap.html", "day", "<b>粗体</b>", text='<img src=x onerror="boom()">陷阱')


def scattered(size: int) -> list[SearchEntry]:
    """Entries of random characters out of few, so that everything occurs and nearly occurs."""
    chance = random.Random(20200304)

    def text(longest: int) -> str:
        return "".join(chance.choices(ALPHABET, k=chance.randint(0, longest)))

    return [
        SearchEntry(f"{i}.html", "day", text(8), text(4), text(60), aliases=(text(4), text(2)))
        for i in range(size)
    ]


SCATTERED = scattered(3000)
LEDGER = [
    SearchEntry(f"donations/{i}.html", "donation", f"捐赠{i}", text=f"收到消毒液{i}箱")
    for i in range(1, 46)
]


def terms_of(query: str) -> list[str]:
    parts = [quoted or plain for quoted, plain in re.findall(r'"([^"]+)"|(\S+)', query)]
    return [term for term in map(fold, parts) if term]


def count(term: str, text: str) -> int:
    return len(re.findall(f"(?={re.escape(term)})", text))


def folded(entry: SearchEntry) -> tuple[list[str], str]:
    return [fold(part) for part in (entry.title, *entry.aliases, entry.date)], fold(entry.text)


FOLDED = [folded(entry) for entry in SCATTERED]


def expected(query: str) -> list[str]:
    """The addresses a reader should get, in order, found by reading every entry in full."""
    ranked = []
    terms = terms_of(query)
    for number, (head, text) in enumerate(FOLDED):
        times = [sum(count(term, field) for field in (*head, text)) for term in terms]
        if terms and all(times):
            in_head = sum(any(term in field for field in head) for term in terms)
            ranked.append((-in_head, -sum(times), number))
    return [SCATTERED[number].url for *_, number in sorted(ranked)]


def page_at(base: str, body: str = "") -> str:
    said = {key: html.escape(str(INTERFACE[key])) for key in ("loading", "failed", "results")}
    words = " ".join(f'data-{key}="{text}"' for key, text in said.items())
    return (
        '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>编年</title>'
        '<link rel="icon" href="data:,"></head><body><p><a id="before" href="#">跳过</a></p>'
        f'<form class="search" role="search" action="{base}search.html" data-base="{base}" '
        f'{words}><input type="search" name="q" aria-label="搜索"></form>'
        f'{body}<textarea></textarea><script src="{base}assets/search.js"></script></body></html>'
    )


def make_site(folder: Path, entries: list[SearchEntry]) -> None:
    (folder / "assets").mkdir(parents=True)
    (folder / "days").mkdir()
    shutil.copy(SCRIPT, folder / "assets")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    results = "<main data-search-results></main>"
    for name, content in {
        "index.html": page_at(""),
        "search.html": page_at("", results),
        "days/2020-03-04.html": page_at("../", '<h1 id="first-meeting">第一次党员大会</h1>'),
        "assets/photo.svg": picture,
    }.items():
        (folder / name).write_text(content, encoding="utf-8")
    write_search(folder, entries)


def write_search(site: Path, entries: list[SearchEntry]) -> None:
    begin_index([*volumes(entries)], site / FOLDER).results()
    words = json.dumps(INTERFACE, ensure_ascii=False)
    script = f'chronicleSearch.part("words",{words});'
    (site / FOLDER / "words.js").write_text(script, encoding="utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site") / "一个 站点"
    make_site(site, [MEETING, TRAP, *LEDGER])
    return site


@pytest.fixture(scope="module", params=["http", "file"])
def site(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The address of the site, once from a server and once from the folder itself."""
    if request.param == "file":
        yield folder.as_uri()
        return
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which any error in the console fails the test."""
    context = browser.new_context()
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    context.close()
    assert complaints == []


def type_in(page: Page, words: str) -> None:
    page.locator("input[type=search]").press_sequentially(words, delay=10)


@pytest.fixture(scope="module")
def scattered_page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    site = tmp_path_factory.mktemp("scattered") / "site"
    make_site(site, SCATTERED)
    assert len(list(volumes(SCATTERED))) > 1
    tab = browser.new_page()
    tab.goto(f"{site.as_uri()}/index.html")
    yield tab
    tab.close()


def answer(page: Page, query: str) -> Any:
    """What the script finds: `near`, and the addresses in order."""
    found = "({ near, entries }) => ({ near, urls: entries.map(([url]) => url) })"
    return page.evaluate(f"query => chronicleSearch.find(query).then({found})", query)


SLICES = st.builds(
    lambda entry, start, length: (entry.title + " " + entry.text)[start : start + length],
    st.sampled_from(SCATTERED),
    st.integers(0, 60),
    st.integers(1, 6),
)
RUNS = st.text(ALPHABET + '"', min_size=1, max_size=4)
QUERIES = st.lists(SLICES | RUNS, min_size=1, max_size=3).map(" ".join)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(query=QUERIES)
def test_every_entry_with_the_words_is_found_and_no_other_best_first(
    scattered_page: Page, query: str
) -> None:
    found = answer(scattered_page, query)
    wanted = expected(query)
    if wanted:
        assert not found["near"]
        assert found["urls"] == wanted
    else:
        assert found["near"] or not found["urls"]


@pytest.mark.parametrize("query", ["的", "1", "𬱖", "，", "李", "é"])
def test_a_single_character_is_found_wherever_it_stands(scattered_page: Page, query: str) -> None:
    found = answer(scattered_page, query)
    assert found["urls"] == expected(query)


def test_the_browser_folds_every_character_as_the_index_does(scattered_page: Page) -> None:
    points = [
        point
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) not in ("Cn", "Co", "Cs")
    ]
    there = scattered_page.evaluate(
        "points => points.map(p => chronicleSearch.fold('a' + String.fromCodePoint(p) + 'b'))",
        points,
    )
    here = [fold(f"a{chr(point)}b") for point in points]
    assert [hex(p) for p, a, b in zip(points, here, there, strict=True) if a != b] == []


def test_nothing_is_loaded_before_the_box_is_focused(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}/index.html")
    assert not [url for url in asked if "/search/" in url]
    with page.expect_request("**/search/index.js"):
        page.locator("input[type=search]").focus()


def test_typing_opens_a_panel_with_count_and_marked_results(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "消毒液")
    panel = page.locator(".search-panel")
    expect(panel.get_by_role("status")).to_have_text("共 45 条")
    expect(panel.locator(".search-result")).to_have_count(8)
    expect(panel.locator(".search-snippet mark").first).to_have_text("消毒液")
    expect(panel.locator(".search-all")).to_have_text("查看全部 45 条")


def test_a_result_shows_kind_title_date_picture_and_the_words_in_their_place(
    page: Page, site: str
) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "合影")
    result = page.locator(".search-result")
    expect(result.locator(".search-kind")).to_have_text("日志")
    expect(result.locator(".search-title")).to_have_text("第一次党员大会")
    expect(result.locator(".search-date")).to_have_text("2020年3月4日")
    expect(result.locator(".search-snippet")).to_have_text(re.compile("^….*最后合影留念。$"))
    expect(result.locator(".search-snippet mark")).to_have_text("合影")
    expect(result.locator("img")).to_have_attribute("src", "assets/photo.svg")


@pytest.mark.parametrize("query", ["2020-03-04", "3月4日", "２０２０年３月４日", "2020 党员"])
def test_a_day_is_found_by_its_date_in_any_way_of_writing(
    page: Page, site: str, query: str
) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, query)
    expect(page.get_by_role("status")).to_have_text("共 1 条")
    expect(page.locator(".search-title")).to_have_text("第一次党员大会")


def test_results_lead_to_their_place_from_a_page_in_a_folder(page: Page, site: str) -> None:
    page.goto(f"{site}/days/2020-03-04.html")
    type_in(page, "党员大会")
    page.locator(".search-result").click()
    expect(page).to_have_url(f"{site}/days/2020-03-04.html#first-meeting")


def test_the_text_of_records_is_never_markup(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "陷阱")
    result = page.locator(".search-result")
    expect(result.locator(".search-title")).to_have_text("<b>粗体</b>")
    expect(result.locator(".search-snippet")).to_contain_text('<img src=x onerror="boom()">陷阱')
    expect(result.locator("b, img")).to_have_count(0)


def test_a_forgotten_character_brings_near_results_and_says_so(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "第一党员大会")
    expect(page.get_by_role("status")).to_have_text("没有完全相同的，以下是相近的结果。 共 1 条")
    expect(page.locator(".search-title")).to_have_text("第一次党员大会")


def test_words_that_occur_nowhere_are_said_to_be_missing(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "航天飞机")
    expect(page.get_by_role("status")).to_have_text("没有找到“航天飞机”。")
    expect(page.locator(".search-result")).to_have_count(0)


def test_the_slash_key_goes_to_the_box_but_not_while_writing(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    page.keyboard.press("/")
    expect(page.locator("input[type=search]")).to_be_focused()
    expect(page.locator("input[type=search]")).to_have_value("")
    page.locator("textarea").focus()
    page.keyboard.type("1/2")
    expect(page.locator("textarea")).to_have_value("1/2")


def test_arrows_move_through_results_and_enter_opens_one(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "2020")
    result = page.locator(".search-result")
    expect(result).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(result).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[type=search]")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/days/2020-03-04.html#first-meeting")


def test_escape_closes_the_panel_and_returns_to_the_box(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "消毒")
    expect(page.locator(".search-result")).to_have_count(8)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".search-panel")).to_be_hidden()
    expect(page.locator("input[type=search]")).to_be_focused()
    expect(page.locator("input[type=search]")).to_have_value("消毒")


def test_leaving_the_form_closes_the_panel(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    type_in(page, "消毒")
    expect(page.locator(".search-panel")).to_be_visible()
    page.locator("#before").focus()
    expect(page.locator(".search-panel")).to_be_hidden()


def test_letters_on_their_way_to_chinese_are_not_searched_for(page: Page, site: str) -> None:
    page.goto(f"{site}/index.html")
    page.locator("input[type=search]").focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send(
        "Input.imeSetComposition", {"text": "xiao du", "selectionStart": 7, "selectionEnd": 7}
    )
    page.wait_for_timeout(300)
    expect(page.locator(".search-panel")).to_be_hidden()
    keyboard.send("Input.insertText", {"text": "消毒"})
    expect(page.get_by_role("status")).to_have_text("共 45 条")


def test_enter_opens_the_page_of_all_results_twenty_at_a_time(page: Page, site: str) -> None:
    page.goto(f"{site}/days/2020-03-04.html")
    type_in(page, "消毒液")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    main = page.locator("main")
    expect(main.get_by_role("status")).to_have_text("共 45 条")
    expect(main.locator(".search-result")).to_have_count(20)
    expect(page.locator("input[type=search]")).to_have_value("消毒液")
    main.get_by_role("button", name="再显示 20 条").click()
    expect(main.locator(".search-result")).to_have_count(40)
    expect(main.locator(".search-result").nth(20)).to_be_focused()
    main.get_by_role("button", name="再显示 5 条").click()
    expect(main.locator(".search-result")).to_have_count(45)
    expect(main.get_by_role("button")).to_have_count(0)


def test_the_page_of_results_without_a_question_says_what_to_do(page: Page, site: str) -> None:
    page.goto(f"{site}/search.html")
    expect(page.locator("main").get_by_role("status")).to_have_text("输入人名、日期、事情或物品。")


def test_a_list_of_volumes_from_before_the_last_publication_is_replaced(
    browser: Browser, tmp_path: Path
) -> None:
    make_site(tmp_path / "site", [MEETING])
    stale = (tmp_path / "site" / FOLDER / "index.js").read_bytes()
    shutil.rmtree(tmp_path / "site" / FOLDER)
    write_search(tmp_path / "site", LEDGER)
    context = browser.new_context()
    tab = context.new_page()
    tab.route(
        re.compile(r"/search/index\.js$"),
        lambda route: route.fulfill(body=stale, content_type="text/javascript"),
    )
    tab.goto(f"{(tmp_path / 'site').as_uri()}/search.html?q=消毒液")
    expect(tab.locator("main").get_by_role("status")).to_have_text("共 45 条")
    context.close()


def test_a_missing_index_is_admitted(browser: Browser, tmp_path: Path) -> None:
    make_site(tmp_path / "site", [MEETING])
    shutil.rmtree(tmp_path / "site" / FOLDER)
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(f"{(tmp_path / 'site').as_uri()}/index.html")
    type_in(tab, "消毒")
    expect(tab.get_by_role("status")).to_have_text("没有读到搜索索引，请刷新页面再试。")
    context.close()
