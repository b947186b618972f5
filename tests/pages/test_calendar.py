"""Calendars: months as weeks from Monday, darker for a fuller day."""

from pathlib import Path

import pytest

from generator.archive.archive import Archive
from generator.pages.calendar import MonthGrid, Square, entries_by_day, month_grids
from generator.problems.problem import Language
from tests.sites import ARCHIVE, EMPTY, SMALL, edition, write_archive


def archive(folder: Path, period: str, **files: str) -> Archive:
    text = ARCHIVE.replace("2020-02-26/2020-03-31", period)
    return edition(write_archive(folder, {**EMPTY, "records/archive.yml": text, **files})).archive


def grids(
    archive: Archive, entries: dict[str, int] | None = None, language: Language = "zh"
) -> tuple[MonthGrid, ...]:
    return month_grids(archive, language, lambda slug: f"days/{slug}.html", entries or {})


def squares(grid: MonthGrid) -> list[Square]:
    return [square for week in grid.weeks for square in week if square is not None]


def numbers(grid: MonthGrid) -> list[list[int]]:
    return [[square.number if square else 0 for square in week] for week in grid.weeks]


def test_a_month_is_weeks_of_seven_days_from_monday(tmp_path: Path) -> None:
    (february,) = grids(archive(tmp_path, "2020-02-01/2020-02-29"))
    assert numbers(february) == [
        [0, 0, 0, 0, 0, 1, 2],
        [3, 4, 5, 6, 7, 8, 9],
        [10, 11, 12, 13, 14, 15, 16],
        [17, 18, 19, 20, 21, 22, 23],
        [24, 25, 26, 27, 28, 29, 0],
    ]


def test_a_month_that_fills_four_weeks_has_four(tmp_path: Path) -> None:
    (february,) = grids(archive(tmp_path, "2021-02-01/2021-02-28"))
    assert [len(week) for week in february.weeks] == [7, 7, 7, 7]
    assert numbers(february)[0][0] == 1


def test_every_month_of_the_period_has_a_grid_across_years(tmp_path: Path) -> None:
    months = [grid.month for grid in grids(archive(tmp_path, "2019-11-30/2020-02-01"))]
    assert months == ["2019-11", "2019-12", "2020-01", "2020-02"]


def test_only_the_months_asked_for_are_drawn(tmp_path: Path) -> None:
    found = month_grids(archive(tmp_path, "2020"), "zh", str, {}, only=["2020-03", "2020-07"])
    assert [grid.month for grid in found] == ["2020-03", "2020-07"]


def test_days_outside_the_period_are_told_apart(tmp_path: Path) -> None:
    february, march = grids(archive(tmp_path, "2020-02-26/2020-03-04"))
    assert [square.number for square in squares(february) if square.inside] == [26, 27, 28, 29]
    assert [square.number for square in squares(march) if square.inside] == [1, 2, 3, 4]


@pytest.mark.parametrize(("entries", "level"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (99, 3)])
def test_a_fuller_day_is_darker(tmp_path: Path, entries: int, level: int) -> None:
    (march,) = grids(archive(tmp_path, "2020-03-01/2020-03-31"), {"2020-03-04": entries})
    day = squares(march)[3]
    assert (day.number, day.entries, day.level) == (4, entries, level)
    assert day.url == ("days/2020-03-04.html" if entries else "")


@pytest.mark.parametrize(
    ("language", "names"),
    [("zh", tuple("一二三四五六日")), ("en", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))],
)
def test_the_days_of_the_week_are_named(
    tmp_path: Path, language: Language, names: tuple[str, ...]
) -> None:
    (march,) = grids(archive(tmp_path, "2020-03-01/2020-03-31"), language=language)
    assert march.weekdays == names


def test_only_single_days_count_as_entries(tmp_path: Path) -> None:
    archive = edition(write_archive(tmp_path, SMALL)).archive
    assert entries_by_day(archive) == {"2020-03-02": 1, "2020-03-04": 2}
