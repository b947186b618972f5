"""Day pages: a day, a period, an uncertain day; the day before and the day after."""

import re
from pathlib import Path

import pytest

from generator.pages.days.page import sheets
from generator.pages.page import Page
from generator.pages.sheet import pages_of
from tests.sites import SMALL, edition, write_archive

PERIOD = "days/2020-02-29_2020-03-31.html"
UNCERTAIN = "days/2020-03-01_2020-03-31.html"


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    root = write_archive(tmp_path_factory.mktemp("archive"), SMALL)
    return {page.url: page for page in pages_of(sheets(edition(root)))}


def words(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", page.body))


def neighbour(page: Page, rel: str) -> str | None:
    found = re.search(f'<a rel="{rel}" href="([^"]*)"', page.body)
    return found[1] if found else None


def test_every_day_and_period_has_a_page_in_order(days: dict[str, Page]) -> None:
    assert [*days] == [PERIOD, UNCERTAIN, "days/2020-03-02.html", "days/2020-03-04.html"]


def test_a_day_is_named_with_its_weekday(days: dict[str, Page]) -> None:
    assert days["days/2020-03-04.html"].title == "2020年3月4日 星期三"


def test_a_day_says_which_day_of_the_work_it_was(days: dict[str, Page]) -> None:
    assert "工作第 8 天" in words(days["days/2020-03-04.html"])


def test_a_day_shows_all_that_is_recorded_of_it(days: dict[str, Page]) -> None:
    text = words(days["days/2020-03-04.html"])
    for part in ("分发物资", "8000", "斤以上", "一户一户地送。", "张三", "竖起拇指"):
        assert part in text, part


def test_a_day_names_the_periods_that_it_lies_in(days: dict[str, Page]) -> None:
    body = days["days/2020-03-04.html"].body
    assert f'href="{Path(PERIOD).name}"' in body
    assert f'href="{Path(UNCERTAIN).name}"' in body


def test_a_period_is_named_by_both_its_ends_and_is_no_day_of_the_work(
    days: dict[str, Page],
) -> None:
    page = days[PERIOD]
    assert page.title == "2020年2月29日至3月31日"
    assert "每天送货" in words(page)
    assert not re.search("工作第 [0-9]+ 天", words(page))
    assert "星期" not in words(page)


def test_a_period_is_no_event_of_one_day(days: dict[str, Page]) -> None:
    assert '"startDate": "2020-02-29"' in days[PERIOD].head
    assert '"endDate": "2020-03-31"' in days[PERIOD].head


def test_what_happened_on_some_day_of_a_month_says_so(days: dict[str, Page]) -> None:
    text = words(days[UNCERTAIN])
    assert "2020年3月1日至31日间的某一天" in text
    assert "送来冬瓜" in text


def test_each_page_leads_to_the_one_before_and_after(days: dict[str, Page]) -> None:
    names = [Path(url).name for url in days]
    for number, page in enumerate(days.values()):
        before = names[number - 1] if number else None
        after = names[number + 1] if number + 1 < len(names) else None
        assert (neighbour(page, "prev"), neighbour(page, "next")) == (before, after)


def test_a_day_is_found_under_every_way_of_writing_it(days: dict[str, Page]) -> None:
    found = days["days/2020-03-04.html"].search
    assert found is not None
    assert {"2020-03-04", "3月4日"} <= {*found.aliases}
    assert found.kind == "day"
