"""Drawings as a browser lays them out, with the fonts that it has."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from generator.problems.problem import Language

from .archives import activity, archive_of, charts_of, donation, month_of_work, story

CHROMIUM = shutil.which("chromium")
PAGE = "<!doctype html><meta charset=utf-8><style>:root{{--ink:#000;--chart-1:#a00}}</style>{}"
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('text')].map(one => one.getBoundingClientRect())
  const svg = document.querySelector('svg').getBoundingClientRect()
  const outside = boxes.filter(b => b.left < svg.left - 1 || b.right > svg.right + 1
    || b.top < svg.top - 1 || b.bottom > svg.bottom + 1).length
  let meeting = 0
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
    const beside = a.right <= b.left || b.right <= a.left
    const above = a.bottom <= b.top + 3 || b.bottom <= a.top + 3
    if (!beside && !above) meeting++
  }))
  return [boxes.length > 3, outside, meeting]
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-background-networking"],
        )
        yield opened
        opened.close()


PERIODS = {
    "days": "2020-02-26/2020-03-31",
    "sixty-days": "2019-12-05/2020-02-04",
    "weeks": "2019-06-03/2020-06-30",
    "months": "2016-05-10/2021-03-31",
    "years": "1978-12-18/2021-03-31",
}


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_meets_another_or_leaves_the_drawing(
    browser: Browser, period: str, language: Language
) -> None:
    day = period[-10:]
    records = [
        activity("street", day, "a-very-long-name-of-a-task-that-nobody-will-ever-shorten"),
        activity("towers", period, "物资运送"),
        donation("masks", day),
        story("keepsake", day),
    ]
    page = browser.new_page()
    for chart in charts_of(archive_of(records, period), language):
        for svg in (chart.wide, chart.narrow):
            page.set_content(PAGE.format(svg))
            assert page.evaluate(OVERLAPS)[1:] == [0, 0], chart.id
    page.close()


def test_a_column_can_be_clicked_where_it_is_empty(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(PAGE.format(charts_of(month_of_work(), "zh")[0].wide))
    link = page.locator("a").first
    box = link.bounding_box()
    assert box is not None
    found = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('a')?.getAttribute('href')",
        [box["x"] + box["width"] / 2, box["y"] + 2],
    )
    assert found == "../days/2020-03-02.html"
    page.close()


def test_keys_reach_every_link(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(PAGE.format(charts_of(month_of_work(), "zh")[0].wide))
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == [f"../days/2020-03-0{day}.html" for day in (2, 4, 5)]
    page.close()
