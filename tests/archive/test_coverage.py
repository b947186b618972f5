"""The gaps of an archive, listed so that somebody can fill them."""

from pathlib import Path

from generator.archive.archive import Archive
from generator.archive.coverage import coverage, days_of_period
from tests.archives import ARCHIVE, archive_of

WALK = "date: {date}\ntitle: x\ntask: patrol\nmembers: all\n"


def archive(folder: Path, files: dict[str, str], period: str) -> Archive:
    text = ARCHIVE.replace("2020-03-01/2020-03-31", period)
    return archive_of(folder, dict(files), text)


def test_a_day_without_an_entry_is_a_gap(tmp_path: Path) -> None:
    files = {
        "activities/a.yml": WALK.format(date="2020-03-02"),
        "activities/b.yml": WALK.format(date="2020-03-03/2020-03-04"),
    }
    found = coverage(archive(tmp_path, files, "2020-03-01/2020-03-04"))
    assert [day.isoformat() for day in found.empty_days] == [
        "2020-03-01", "2020-03-03", "2020-03-04"
    ]  # fmt: skip


def test_the_days_of_a_period_include_both_ends(tmp_path: Path) -> None:
    days = days_of_period(archive(tmp_path, {}, "2020-02-28/2020-03-01"))
    assert [day.day for day in days] == [28, 29, 1]


def test_a_period_of_centuries_fills_no_memory(tmp_path: Path) -> None:
    assert len(days_of_period(archive(tmp_path, {}, "1000-01-01/2999-12-31"))) < 22_000


def test_what_is_not_known_is_listed(tmp_path: Path) -> None:
    files = {
        "members/a.yml": "role: x\n",
        "members/b.yml": "role: x\nname: 李辉\n",
        "activities/a.yml": WALK.format(date="2020-03"),
        "activities/b.yml": WALK.format(date="2020-03-01/2020-03-02"),
        "activities/c.yml": WALK.format(date="2020-03-01") + "photos:\n"
        "- {id: gone, pending: true, caption: x}\n- {id: held, file: a.jpg, caption: x}\n"
        "- {id: drawn, file: a.png, illustration: true, caption: x}\n",
    }
    found = coverage(archive(tmp_path, files, "2020-03-01/2020-03-31"))
    assert [one.id for one in found.unnamed] == ["a"]
    assert [one.id for one in found.undated] == ["a"]
    assert [one.id for one in found.originals_wanted] == ["gone", "drawn"]
