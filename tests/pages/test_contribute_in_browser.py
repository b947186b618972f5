"""The forms on a phone, opened from the folder of a site: what they make passes the check."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from generator.checking import check
from generator.commands.common import settings_for
from generator.kinds.fields import Record
from generator.kinds.registry import KINDS, Kind
from generator.kinds.validation import validate
from generator.pages.contribute.fields import Field, fields_of
from generator.pages.contribute.page import pages, url_of
from generator.problems.problem import Problem, Severity
from generator.reading.documents import Value, parse
from generator.values.dates import DateError, EdtfDate, parse_date
from generator.values.identifiers import is_identifier
from generator.values.quantities import Quantity, QuantityError, parse_quantity
from tests.browser import open_browser
from tests.sites import EMPTY, ROOT, SMALL, built, copy_shipped, edition, write_archive

ASSETS = ROOT / "generator" / "assets"
PHONE: ViewportSize = {"width": 390, "height": 844}
REPOSITORY = "https://git.example.org/archive/chronicle"
BY_NAME = {kind.name: kind for kind in KINDS}
EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_shipped(tmp_path_factory.mktemp("contribute") / "archive")
    configuration = root / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("repo_url:")]
    written = "\n".join([f"repo_url: {REPOSITORY}", *lines, ""])
    configuration.write_text(written, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def site(archive: Path) -> Path:
    return built(archive)


@pytest.fixture(scope="module")
def known_errors(archive: Path) -> set[Problem]:
    return {one for one in check(settings_for(archive)).problems if is_error(one)}


def is_error(one: Problem) -> bool:
    return one.severity is Severity.ERROR


@contextmanager
def phone_for(browser: Browser, site: Path) -> Iterator[Callable[[str], Page]]:
    """Opens a kind's form from the site's folder; anything it asks of the network is a failure."""
    context = browser.new_context(viewport=PHONE, has_touch=True, accept_downloads=True)
    asked: list[str] = []
    faults: list[str] = []

    def open_form(kind: str) -> Page:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto((site / url_of(BY_NAME[kind])).as_uri())
        return page

    yield open_form
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert faults == []


@pytest.fixture
def phone(browser: Browser, site: Path) -> Iterator[Callable[[str], Page]]:
    with phone_for(browser, site) as open_form:
        yield open_form


@pytest.fixture(scope="module")
def made(
    browser: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Kind, bool], tuple[Path, Path]]:
    """An otherwise empty archive, and in it the file that a form makes, filled in once."""

    @cache
    def make(kind: Kind, all_of_it: bool) -> tuple[Path, Path]:
        folder = tmp_path_factory.mktemp(kind.name)
        with phone_for(browser, site) as open_form:
            page = open_form(kind.name)
            fill(page, fields_of(kind.model, "zh"), "f-", all_of_it=all_of_it)
            return folder, save(page, folder)

    return make


# Filling in --------------------------------------------------------------------------------------

TEXT = "「第3次」会议: #1 - “要点”, 是 no 还是 2020？👍🏽 'a' \"b\" \\n %"
LONG = (
    "　　第一段：说明。\n\n- 列表: 一\n# 不是注释\n  缩进的一行  \n"
    "'引号' \"引号\" 📦\ttab\n---\n末行"
)
TYPED: dict[str, str] = {
    "date": "2020-03-04",
    "time": "19:30",
    "amount": "约700",
    "number": "12.50",
    "text": LONG,
    "lines": "防护: 一\n2020\nno\n- 横线开头",
}
OF_ONE_FIELD = {
    "file": "2020/03/illustration-oil.jpg",
    "id": "my-photo",
    "url": "https://example.org/a?b=c:%20d#e",
    "left": "2020-04-01",
    "item": "口罩: 大号",
    "pseudonym": "组员: 癸",
}
NOT_TOGETHER = {"claims.measure"}  # an item is what is claimed of


def fill(
    page: Page, fields: tuple[Field, ...], at: str, *, all_of_it: bool, path: str = ""
) -> None:
    """Type something into every field, or only into what is required."""
    for field in fields:
        if (field.required or all_of_it) and path + field.name not in NOT_TOGETHER:
            fill_one(page, field, f"{at}{field.name}", all_of_it=all_of_it)


def fill_one(page: Page, field: Field, at: str, *, all_of_it: bool) -> None:
    control = page.locator(f"#{at}")
    unfold(control)
    if field.widget == "group":
        fill(page, field.fields, f"{at}-", all_of_it=all_of_it)
    elif field.widget == "parts":
        path = f"{field.name}."
        fill(page, field.fields, f"{at}-0-", all_of_it=all_of_it, path=path)
        if all_of_it and field.name != "photos":
            control.locator(":scope > [data-add]").click()
            fill(page, field.fields, f"{at}-1-", all_of_it=False, path=path)
            complete(page, field.name, f"{at}-1-")
    elif field.widget == "picks":
        for box in control.locator("input[type=checkbox]:not([data-everyone])").all()[:2]:
            box.check()
    elif field.widget == "tick":
        control.check()
    elif field.widget == "choice":
        values = control.locator("option").evaluate_all("all => all.map(one => one.value)")
        control.select_option(next(filter(None, values)))
    else:
        control.fill(typed(field))


def typed(field: Field) -> str:
    if field.widget == "numbers":
        return ", ".join(["0.25"] * (field.bounds.count(" ") + 1))
    return OF_ONE_FIELD.get(field.name) or TYPED.get(field.widget, TEXT)


def complete(page: Page, name: str, at: str) -> None:
    """What one field of a second entry needs besides because of another."""
    if name == "claims":
        page.locator(f"#{at}item").fill("冬瓜")
        page.locator(f"#{at}unit").select_option("t")


def unfold(control: Locator) -> None:
    opened = control.evaluate(
        """one => {
          let opened = false
          for (let fold = one.closest('details'); fold; fold = fold.parentElement.closest('details'))
            if (!fold.open) { fold.firstElementChild.click(); opened = true }
          return opened
        }"""
    )
    if opened:
        control.page.wait_for_timeout(30)  # a fold tells of its opening a moment later


def save(page: Page, folder: Path) -> Path:
    """The downloaded file, where the page says that it belongs, in an archive at `folder`."""
    with page.expect_download(timeout=5000) as waiting:
        page.get_by_role("button", name="下载").click()
    target = folder / page.locator("[data-path]").inner_text()
    assert waiting.value.suggested_filename == target.name
    target.parent.mkdir(parents=True, exist_ok=True)
    waiting.value.save_as(target)
    return target


def new_errors(archive: Path, folder: Path, path: Path, known: set[Problem]) -> list[Problem]:
    """Errors of a copy of the archive that holds one more file."""
    copy = folder / "copy"
    shutil.copytree(archive, copy, ignore=shutil.ignore_patterns("site", ".cache"))
    target = copy / path.relative_to(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)
    problems = check(settings_for(copy)).problems
    return [one for one in problems if is_error(one) and one not in known]


def record_in(path: Path, kind: Kind) -> Record:
    document, problems = parse(path.read_text(encoding="utf-8"), path.name)
    assert document is not None, problems
    record, more = validate(kind, document, path.stem)
    assert record is not None, more
    return record


@EACH_KIND
@pytest.mark.parametrize("all_of_it", [False, True], ids=["what is required", "every field"])
def test_what_a_form_makes_passes_the_check(
    kind: Kind,
    all_of_it: bool,
    made: Callable[[Kind, bool], tuple[Path, Path]],
    archive: Path,
    known_errors: set[Problem],
) -> None:
    folder, path = made(kind, all_of_it)
    assert is_identifier(path.stem)
    assert new_errors(archive, folder, path, known_errors) == []


@EACH_KIND
def test_every_field_holds_what_was_typed_into_it(
    kind: Kind, made: Callable[[Kind, bool], tuple[Path, Path]]
) -> None:
    _, path = made(kind, True)
    holds(record_in(path, kind), fields_of(kind.model, "zh"))


def holds(record: Any, fields: tuple[Field, ...], path: str = "") -> None:
    for field in fields:
        value = getattr(record, field.name)
        if path + field.name in NOT_TOGETHER:
            assert value is None
        elif field.widget in ("group", "parts"):
            inner = value[0] if field.widget == "parts" else value
            holds(inner, field.fields, f"{field.name}.")
        else:
            assert_holds(field, value)


def assert_holds(field: Field, value: Any) -> None:
    if field.widget in ("picks", "choice"):
        assert value
    elif field.widget == "tick":
        assert value is True
    elif field.widget == "numbers":
        assert "0.25" in str(value)
    elif field.widget == "lines":
        assert value == tuple(TYPED["lines"].split("\n"))
    elif isinstance(value, EdtfDate):
        assert value.text == typed(field)
    elif isinstance(value, Quantity):
        assert value == parse_quantity(typed(field))
    else:
        assert str(value) == typed(field).strip()


def test_the_first_line_names_the_schema_beside_the_records(
    phone: Callable[[str], Page], archive: Path
) -> None:
    for kind in KINDS:
        page = phone(kind.name)
        page.locator("#f-date, #f-role, #f-title").first.fill("2020-03-04")
        path = archive / page.locator("[data-path]").inner_text()
        line = page.locator("[data-yaml]").inner_text().splitlines()[0]
        assert (path.parent / line.partition("$schema=")[2]).resolve().is_file()


# Checking while typing ---------------------------------------------------------------------------


def fault(page: Page, at: str) -> Locator:
    return page.locator(f"#{at}-fault")


def type_into(page: Page, at: str, text: str) -> Locator:
    control = page.locator(f"#{at}")
    if control.count() == 0:  # an entry that a fold makes when it opens
        unfold(page.locator(f"#{at.partition('-0-')[0]}"))
    unfold(control)
    control.fill(text)
    control.dispatch_event("change")
    return control


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020年3月4日", "2020-03-04"),
        ("2020/3/4", "2020-03-04"),
        ("2020年3月的某一天", "2020-03-XX"),
        ("２０２０-０３-０４", "2020-03-04"),
        ("3月4日", ""),
    ],
)
def test_a_date_in_other_words_is_understood_and_corrected(
    written: str, meant: str, phone: Callable[[str], Page]
) -> None:
    page = phone("activity")
    control = type_into(page, "f-date", written)
    expect(control).to_have_attribute("aria-invalid", "true")
    if meant:
        fault(page, "f-date").get_by_role("button", name=f"改成 {meant}").click()
        expect(control).to_have_value(meant)
        expect(control).to_be_focused()
        expect(fault(page, "f-date")).to_be_hidden()
        expect(control).to_have_attribute("aria-invalid", "false")
    else:
        expect(fault(page, "f-date")).to_contain_text("2020-03-04")


def test_a_mistake_is_told_while_somebody_still_types(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    page.locator("#f-date").press_sequentially("2020-02-30")
    expect(fault(page, "f-date")).to_have_text("日历上没有这一天。")
    page.locator("#f-date").press("Backspace")
    page.locator("#f-date").press_sequentially("1")
    page.locator("#f-date").press("Backspace")
    page.locator("#f-date").press("Backspace")
    page.locator("#f-date").press_sequentially("29")
    expect(fault(page, "f-date")).to_be_hidden()


def test_a_day_outside_the_period_is_odd_but_no_mistake(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    control = type_into(page, "f-date", "2021-03-04")
    expect(fault(page, "f-date")).to_contain_text("请再看一眼")
    expect(control).to_have_attribute("aria-invalid", "false")


@pytest.mark.parametrize(
    ("written", "told"),
    [("二十", "改成 20"), ("700份", "改成 700"), ("500-400", "改成 400-500"), ("很多", "看不懂")],
)
def test_a_quantity_that_nobody_could_add_up_is_told(
    written: str, told: str, phone: Callable[[str], Page]
) -> None:
    page = phone("donation")
    type_into(page, "f-items-0-quantity", written)
    expect(fault(page, "f-items-0-quantity")).to_contain_text(told)


def test_a_quantity_asks_for_its_unit(phone: Callable[[str], Page]) -> None:
    page = phone("donation")
    type_into(page, "f-items-0-item", "口罩")
    type_into(page, "f-items-0-quantity", "500")
    page.get_by_role("button", name="复制").click()
    expect(fault(page, "f-items-0-unit")).to_have_text("有数量就要选单位。")


def test_what_goes_out_has_to_have_come_in(phone: Callable[[str], Page]) -> None:
    page = phone("donation")
    type_into(page, "f-items-0-item", "口罩")
    type_into(page, "f-distributions-0-item", "口照")
    expect(fault(page, "f-distributions-0-item")).to_have_text("收到的物品里没有它。")
    type_into(page, "f-distributions-0-item", "口罩")
    expect(fault(page, "f-distributions-0-item")).to_be_hidden()


def test_a_claim_is_about_a_measure_or_an_item(phone: Callable[[str], Page]) -> None:
    page = phone("source")
    type_into(page, "f-claims-0-item", "冬瓜")
    page.locator("#f-claims-0-measure").select_option("health_code_checks")
    expect(fault(page, "f-claims-0-measure")).to_have_text("指标和捐赠物品，写其中一个。")


def test_a_photograph_has_a_file_or_is_wanted(phone: Callable[[str], Page]) -> None:
    page = phone("story")
    type_into(page, "f-photos-0-caption", "合影")
    page.get_by_role("button", name="复制").click()
    expect(fault(page, "f-photos-0-file")).to_contain_text("手里没有原片")
    page.locator("#f-photos-0-pending").check()
    expect(fault(page, "f-photos-0-file")).to_be_hidden()


@pytest.mark.parametrize("written", ["0.5", "0.5, 2", "左, 右"])
def test_a_point_has_two_numbers_between_0_and_1(
    written: str, phone: Callable[[str], Page]
) -> None:
    page = phone("member")
    type_into(page, "f-portrait-focus", written)
    expect(fault(page, "f-portrait-focus")).to_contain_text("2 个 0 到 1 之间的数")
    type_into(page, "f-portrait-focus", "0.5，0.4")
    expect(fault(page, "f-portrait-focus")).to_be_hidden()


@pytest.mark.parametrize(
    ("kind", "at", "written", "told"),
    [
        ("source", "f-url", "www.example.org", "https://"),
        ("activity", "f-title", "长" * 301, "最多 300 个字"),
        ("donation", "f-items-0-value_cny", "一百", "小数最多两位"),
        ("member", "f-portrait-id", "Bild 1", "小写字母"),
    ],
)
def test_each_text_keeps_to_its_form(
    kind: str, at: str, written: str, told: str, phone: Callable[[str], Page]
) -> None:
    page = phone(kind)
    type_into(page, at, written)
    expect(fault(page, at)).to_contain_text(told)


def test_nothing_is_handed_over_while_something_is_missing(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    page.get_by_role("button", name="复制").click()
    expect(page.locator("#f-date")).to_be_focused()
    for at in ("f-date", "f-title", "f-task"):
        expect(fault(page, at)).to_have_text("这一项要写。")
    expect(page.locator("[data-left]")).to_contain_text("还有 3 处要填或要改：日期、标题、任务")
    page.locator("[data-left]").get_by_role("button", name="任务").click()
    expect(page.locator("#f-task")).to_be_focused()


def test_an_untouched_form_finds_no_fault(phone: Callable[[str], Page]) -> None:
    page = phone("donation")
    expect(page.locator(".fault:visible")).to_have_count(0)
    expect(page.locator("[data-file]")).to_be_hidden()


# Parts and lists ---------------------------------------------------------------------------------


def test_entries_can_be_added_and_removed(phone: Callable[[str], Page]) -> None:
    page = phone("donation")
    type_into(page, "f-items-0-item", "口罩")
    items = page.locator("#f-items")
    expect(items.locator("[data-remove]:visible")).to_have_count(0)
    items.get_by_role("button", name="加一项").click()
    expect(page.locator("#f-items-1-item")).to_be_focused()
    page.keyboard.type("酒精")
    expect(page.locator("[data-yaml]")).to_contain_text("- item: 酒精")
    items.get_by_role("button", name="删去").nth(0).click()
    expect(page.locator("[data-yaml]")).not_to_contain_text("口罩")
    expect(items.locator("[data-remove]:visible")).to_have_count(0)


def test_an_empty_entry_is_not_written(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    type_into(page, "f-title", "开会")
    unfold(page.locator("#f-figures"))
    expect(page.locator("#f-figures-0-value")).to_be_visible()
    expect(page.locator("[data-yaml]")).not_to_contain_text("figures")


def test_everybody_needs_no_names(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    unfold(page.locator("#f-members"))
    page.get_by_role("group", name="参加的成员").get_by_label("李辉").check()
    expect(page.locator("[data-yaml]")).to_contain_text("members: [lihui]")
    page.get_by_label("全体").check()
    expect(page.locator("[data-yaml]")).to_contain_text("members: all")


def test_a_name_becomes_the_id_that_is_meant(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    type_into(page, "f-quotes-0-by", "李辉")
    type_into(page, "f-place", "户部巷社区卡口")
    type_into(page, "f-photos-0-people", "李辉\n路人")
    text = page.locator("[data-yaml]").inner_text()
    assert "by: lihui" in text
    assert "place: community-checkpoint" in text
    assert "- lihui\n      - 路人" in text


@EACH_KIND
def test_the_first_record_of_all_can_be_written(
    browser: Browser, tmp_path: Path, kind: Kind
) -> None:
    """There is no member, source or person to choose from yet."""
    site = built(write_archive(tmp_path, EMPTY))
    with phone_for(browser, site) as open_form:
        fill(open_form(kind.name), fields_of(kind.model, "zh"), "f-", all_of_it=False)


def test_a_long_list_of_names_can_be_searched(browser: Browser, tmp_path: Path) -> None:
    many = {f"records/members/m{n}.yml": f"name: 组员第{n}号\nrole: 组员\n" for n in range(40)}
    form = next(pages(edition(write_archive(tmp_path / "archive", {**SMALL, **many}))))
    shutil.copytree(ASSETS, tmp_path / "assets" / "chronicle")
    base = '<meta charset="utf-8"><link rel="stylesheet" href="../assets/chronicle/tokens.css">'
    html = f"<!doctype html><html lang=zh><head>{base}{form.head}</head><body>{form.body}</body>"
    write_archive(tmp_path, {form.url: html})
    page = browser.new_page()
    page.goto((tmp_path / form.url).as_uri())
    unfold(page.locator("#f-members"))
    names = page.locator("#f-members .tick:visible")
    page.locator("#f-members").get_by_label("组员第7号").check()
    page.locator("#f-members").get_by_label("在名单里找").fill("第33号")
    expect(names).to_have_text(["组员第33号", "组员第7号"])
    names.nth(0).click()
    expect(page.locator("[data-yaml]")).to_contain_text("members: [m33, m7]")
    page.close()


# File names and handing over ---------------------------------------------------------------------


def name_for(page: Page) -> str:
    return page.locator("[data-path]").inner_text()


def test_a_file_is_named_after_date_and_title(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    type_into(page, "f-date", "2020-03-08")
    type_into(page, "f-title", "Supermarket run")
    assert name_for(page) == "records/activities/2020/2020-03-08-supermarket-run.yml"
    type_into(page, "f-title", "去超市")
    named = name_for(page)
    assert named.startswith("records/activities/2020/2020-03-08-")
    assert is_identifier(Path(named).stem)


def test_the_name_of_a_member_does_not_show_in_the_file_name(phone: Callable[[str], Page]) -> None:
    page = phone("member")
    type_into(page, "f-name", "赵六")
    assert name_for(page) == "records/members/member-01.yml"


def test_a_name_of_ones_own_is_kept_and_checked(phone: Callable[[str], Page]) -> None:
    page = phone("story")
    own = page.locator("#record-id")
    type_into(page, "f-title", "菜")
    own.fill("Cai")
    expect(fault(page, "record-id")).to_contain_text("小写字母")
    own.fill("thumbs-up")
    expect(fault(page, "record-id")).to_have_text("这个文件名已经有了。")
    own.fill("cai")
    type_into(page, "f-title", "青菜")
    assert name_for(page) == "records/stories/cai.yml"
    own.fill("")
    assert name_for(page) != "records/stories/cai.yml"


def test_a_file_can_be_copied(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    fill(page, fields_of(BY_NAME["activity"].model, "zh"), "f-", all_of_it=False)
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("status")).to_have_text("已复制。")
    text = page.locator("[data-yaml]").inner_text()
    page.locator("#f-summary").evaluate("one => { one.closest('details').open = true }")
    page.locator("#f-summary").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#f-summary").input_value() == text


def test_the_forge_opens_with_the_file_filled_in(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    fill(page, fields_of(BY_NAME["activity"].model, "zh"), "f-", all_of_it=False)
    found = page.evaluate(
        "() => { const link = new URL(document.querySelector('[data-forge]').href);"
        " return [link.origin + link.pathname, link.searchParams.get('filename'),"
        " link.searchParams.get('value')] }"
    )
    text = page.locator("[data-yaml]").text_content()
    assert found == [f"{REPOSITORY}/_new/main", name_for(page), text]


def test_a_text_too_long_for_an_address_is_left_to_be_pasted(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    type_into(page, "f-summary", "经过。" * 2000)
    address = page.locator("[data-forge]").get_attribute("href") or ""
    assert "value=" not in address
    assert "filename=" in address


# Everybody ---------------------------------------------------------------------------------------


@EACH_KIND
def test_a_form_fits_a_phone_and_a_thumb(kind: Kind, phone: Callable[[str], Page]) -> None:
    page = phone(kind.name)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.wait_for_timeout(50)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    small = page.evaluate(
        """() => [...document.querySelectorAll(`form[data-record-form] :is(input, select, textarea,
          button, summary, .tick), [data-record-result] :is(button, input, a)`)]
          .map(one => one.closest('.tick') || one)
          .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
          .filter(([, box]) => box.height && (box.height < 24 || box.width < 24))
          .map(([html]) => html)"""
    )
    assert small == []


@EACH_KIND
def test_a_form_can_be_read_without_scripts(kind: Kind, browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto((site / url_of(kind)).as_uri())
    for field in fields_of(kind.model, "zh"):
        if field.required and field.widget in ("date", "line", "choice", "text"):
            expect(page.get_by_label(field.label).first).to_be_visible()
    expect(page.get_by_text("这张表单需要浏览器脚本")).to_be_visible()
    expect(page.locator("[data-record-result]")).to_be_hidden()
    context.close()


def test_a_form_can_be_filled_in_with_keys_alone(phone: Callable[[str], Page]) -> None:
    page = phone("activity")
    page.locator("#f-date").focus()
    page.keyboard.type("2020-03-08")
    page.keyboard.press("Tab")
    page.keyboard.type("Supermarket run")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    text = page.locator("[data-yaml]").inner_text()
    assert "title: Supermarket run" in text
    assert "members: all" in text
    expect(page.locator("[data-left]")).to_have_text("可以了。")


# The scripts by themselves -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_content("<p></p>")
    for name in ("record-values.js", "record-yaml.js"):
        page.add_script_tag(path=ASSETS / name)
    yield page
    page.close()


NASTY = [
    "no", "yes", "on", "y", "null", "~", "true", "2020", "2020-03-04", "010", "1_000", "12:30",
    "1e3", "0x1F", ".inf", "- a", "-", "-lihui", "? a", ": a", "a: b", "a:", "a #b", "#a", "a\tb",
    "&a", "*a", "!a", "!!str a", "%a", "@a", "`a", "'a", '"a', "a'", 'a"b"', "\\", "\\n", "a\\",
    "[a", "a]", "{a: b}", "<<", "=", "|", ">", "---", "...", "--- a", "标题：甲", "甲，乙",
    "【甲】", "｛甲｝", "－甲", "　甲", "甲　", "\u00a0a", "a\u00a0", "👍🏽", "👨‍👩‍👧‍👦",
    "𠮷𬱖", "é", "a\u0085b", "a\u2028b", "a\ufeffb", "a\x7fb", "a\x9fb", "a\x00b", "a\x1bb",
    "a\ufffeb", "ＡＢＣ１２３", "“引号”", "「引号」", "a, b", "a]b", "甲 #乙", "甲: 乙", "甲:乙",
    "$schema=x", "https://a.b/c?d=e#f", "C:\\a", "a" * 300, "长" * 300, "a " * 140,
]  # fmt: skip
NASTY_LINES = [
    "甲\n乙", "a\n\nb", "a\n  b\n c", "a\n\tb", "a\n---\nb", "a\n...\nb", "a\n# b", "- a\n- b",
    "a: b\nc: d", "a  \nb", "a\n   \nb", "a\n\n\n\nb", "  a\nb", "a\nb\n\n", "甲\n　　乙",
    "a\n：b\n", "a\nb\u2028c\nd", "a\n\ufeffb", "a\n%b\n@c\n`d", "|\n>\n", "'\n\"\n\\",
    "a\n" + "长" * 5000,
]  # fmt: skip


def yaml_of(page: Page, texts: list[str]) -> list[str]:
    """Each text as a field, in a list, in a group, and in an entry of a list."""
    return page.evaluate(  # type: ignore[no-any-return]
        """texts => texts.map(text => recordYaml.yamlOf([
          ["field", text], ["list", [text, text]], ["group", {fields: [["inner", text]]}],
          ["parts", [{fields: [["one", text], ["two", {plain: text}]]},
                     {fields: [["rows", [text]], ["last", true]]}]], ["plain", {plain: text}],
          ["ids", [{plain: text}, {plain: text}]],
        ], "comment"))""",
        texts,
    )


def expected(text: str) -> dict[str, Value]:
    return {
        "field": text,
        "list": [text, text],
        "group": {"inner": text},
        "parts": [{"one": text, "two": text}, {"rows": [text], "last": "true"}],
        "plain": text,
        "ids": [text, text],
    }


def assert_reads_back(page: Page, texts: list[str]) -> None:
    for text, written in zip(texts, yaml_of(page, texts), strict=True):
        document, problems = parse(written, "written.yml")
        assert document is not None, (text, written, problems)
        assert without_last_breaks(document.values) == expected(text), written
        assert problems == ()
        by_others = yaml.load(written, Loader=yaml.BaseLoader)
        assert without_last_breaks(by_others) == expected(text)


def without_last_breaks(value: Any) -> Any:
    """The same without the break that ends a block of lines, which every field strips."""
    if isinstance(value, dict):
        return {name: without_last_breaks(one) for name, one in value.items()}
    if isinstance(value, list):
        return [without_last_breaks(one) for one in value]
    return value.removesuffix("\n") if "\n" in value else value


def test_every_nasty_text_reads_back_as_typed(scripts: Page) -> None:
    texts = [*NASTY, *NASTY_LINES]
    assert_reads_back(scripts, [text for text in texts if text == text.strip()])


@pytest.mark.parametrize("text", [text for text in NASTY if text == text.strip()][:13])
def test_a_text_that_looks_like_something_else_is_a_text_to_every_parser(
    text: str, scripts: Page
) -> None:
    (written,) = yaml_of(scripts, [text])
    assert yaml.safe_load(written)["field"] == text


LETTERS = st.sampled_from(
    "ab09 :#-'\"\\,[]{}&*!|>%@`?~=.\t\n：，。、　“”【】－甲乙é👍𠮷\u0085\u2028\ufeff\x7f"
)
TEXTS = st.text(LETTERS | st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(st.lists(TEXTS.map(str.strip).filter(bool), min_size=20, max_size=60))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_reads_back_as_typed(scripts: Page, texts: list[str]) -> None:
    assert_reads_back(scripts, texts)


def test_half_a_character_does_no_harm(scripts: Page) -> None:
    written = scripts.evaluate(
        "recordYaml.yamlOf([['field', 'a\\ud83d'], ['text', 'a\\ude00\\nb']], 'c')"
    )
    document, _ = parse(written, "written.yml")
    assert document is not None
    assert document.values == {"field": "a\ufffd", "text": "a\ufffd\nb"}


DATE_PIECES = [
    "2020", "2019", "2020-03", "2020-02-29", "2020-03-04", "2020-13", "2020-02-30", "2020-03-XX",
    "2020-XX", "2020-XX-04", "2020-XX-31", "202X", "20XX", "2020-21", "2020-3-4", "2020/3/4",
    "2020.3.4", "2020年3月4日", "2020年3月4号", "2020年3月", "2020年", "3月4日", "4日",
    "20200304", "0999", "3000", "2020-03-1X", "2020-03-04T10", "2020-03-04 19:30",
    "２０２０-０３-０４", "2020-3",
]  # fmt: skip
DATE_MARKS = [
    "/", "..", ",", ", ", "-", "至", "到", "或", "—", "~", "?", "%", "~?", "[", "]", "{", "}",
    "约", "大约", "前后", "左右", "（存疑）", "间的某一天", "某天", "之间", " ", "　", "XX", "??",
    "unknown", "open", "xx", "Y",
]  # fmt: skip
AMOUNT_PIECES = [
    "406", "25,600", "1.3", "0.5", "8000", "900", "100", "0", "00012", "1,00", "1234567890123456",
    "0.1234567", "半", "上百", "数十", "二十", "三百零五", "一万五", "两千", "十", "一", "几十",
    "数百万", "1.5万", "20余万", "5百", "500千克", "12亿", "1e3", "１２", "1 000", "1  000",
]  # fmt: skip
AMOUNT_MARKS = [
    "约", "大约", "至少", "不到", "近", "超过", "≥", ">=", "<", "~", "at least", "about ",
    "up to ", "over", "approx.", "-", "−", "至多", "多", "余", "以上", "以下", "左右", "+",
    " or more", "以内", "人次", "份", "斤", "千克", "万", "百", "公里", "米", "%", "倍", "来",
    "几", "些", "元", "kg", "百万", "到", "—", " to ", "–", "〜", " ", "　",
]  # fmt: skip


def made_of(pieces: list[str], marks: list[str], number: int) -> list[str]:
    """Pieces with marks before, between and after them, some with a character changed."""
    chance = random.Random(20200304)
    found = [*pieces]
    while len(found) < number:
        parts = [chance.choice(pieces) for _ in range(chance.choice((1, 1, 1, 2, 2, 3)))]
        text = "".join(
            random_mark(chance, marks) + part + random_mark(chance, marks) for part in parts
        )
        if chance.random() < 0.25:
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice("0123456789,.X-/~?年月日多万一 ") + text[at + 1 :]
        found.append(text)
    return sorted(set(found))


def random_mark(chance: random.Random, marks: list[str]) -> str:
    return chance.choice(["", chance.choice(marks)])


def verdict(read: Callable[[str], object], text: str) -> list[str] | None:
    try:
        read(text)
    except (DateError, QuantityError) as fault:
        return [fault.reason, fault.suggestion or ""]
    return None


@pytest.mark.parametrize(
    ("name", "read", "pieces", "marks"),
    [
        ("dateFault", parse_date, DATE_PIECES, DATE_MARKS),
        ("amountFault", parse_quantity, AMOUNT_PIECES, AMOUNT_MARKS),
    ],
    ids=["dates", "quantities"],
)
def test_the_form_and_the_check_give_the_same_verdict_and_suggestion(
    name: str,
    read: Callable[[str], object],
    pieces: list[str],
    marks: list[str],
    scripts: Page,
) -> None:
    texts = made_of(pieces, marks, 12000)
    found = scripts.evaluate(
        f"texts => texts.map(text => {{ const fault = recordValues.{name}(text);"
        " return fault && [fault.reason, fault.suggestion] })",
        texts,
    )
    verdicts = [verdict(read, text) for text in texts]
    differing = [
        (text, ours, theirs)
        for text, ours, theirs in zip(texts, verdicts, found, strict=True)
        if ours != theirs
    ]
    assert differing == []
    assert 100 < verdicts.count(None) < len(texts) - 100


def test_the_form_and_the_check_see_the_same_days(scripts: Page) -> None:
    made = made_of(DATE_PIECES, DATE_MARKS, 6000)
    texts = [text for text in made if verdict(parse_date, text) is None]
    found = scripts.evaluate(
        "texts => texts.map(text => { const days = recordValues.dateBounds(text);"
        " return [days.earliest, days.latest] })",
        texts,
    )
    days = [parse_date(text) for text in texts]
    assert found == [[one.earliest.isoformat(), one.latest.isoformat()] for one in days]


def test_the_form_and_the_check_know_the_same_identifiers(scripts: Page) -> None:
    texts = ["a", "0", "-a", "a-", "A", "a_b", "甲", "con", "com1", "com", "a.b", ""]
    texts += ["a" * 100, "a" * 101]
    found = scripts.evaluate("texts => texts.map(text => recordValues.isIdentifier(text))", texts)
    assert found == [is_identifier(text) for text in texts]


def test_the_words_of_a_form_reach_its_script(phone: Callable[[str], Page]) -> None:
    facts = phone("activity").locator("[data-record-form]").get_attribute("data-words")
    assert json.loads(facts or "")["required"] == "这一项要写。"
