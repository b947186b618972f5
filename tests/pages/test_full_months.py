"""A month with very many entries stays a page that can be read."""

from collections.abc import Iterator

import pytest

from generator.archive.statistics import statistics
from generator.pages.edition import Edition
from generator.pages.page import Page
from generator.pages.registry import pages
from generator.pages.timeline import page as timeline
from tests.daily import daily_archive

MONTH = "timeline/2020-03.html"


def month() -> Page:
    archive = daily_archive()
    found: Iterator[Page] = pages(Edition(archive, statistics(archive)))
    return next(page for page in found if page.url == MONTH)


def test_a_month_shows_its_entries_as_cards() -> None:
    body = month().body
    assert 'class="card' in body
    assert "全部 " not in body


def test_a_fuller_month_gives_each_entry_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    cards = month().body.count("data-kind=")
    monkeypatch.setattr(timeline, "_MOST_CARDS", 10)
    body = month().body
    assert 'class="card' not in body
    assert body.count('<li class="line"') == body.count("data-kind=") == cards


def test_of_a_still_fuller_month_each_day_shows_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeline, "_MOST_CARDS", 10)
    monkeypatch.setattr(timeline, "_MOST_LINES", 12)
    body = month().body
    longest = max(part.count('<li class="line"') for part in body.split('class="rail-day'))
    assert longest == 1
    assert '.html">全部 ' in body


def test_years_of_calendars_are_left_to_the_months(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = daily_archive()
    seen = Edition(archive, statistics(archive))
    assert "calendar-month" in next(pages(seen)).body
    monkeypatch.setattr(timeline, "_MOST_CALENDARS", 0)
    body = next(pages(seen)).body
    assert "calendar-month" not in body
    assert "方格" not in body
