"""`chronicle demo`: a fictional archive that the program itself finds no fault with."""

from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import main
from generator.archive.load import load
from generator.checking import check
from generator.demo.archive import demo_files
from generator.demo.records import Plan
from generator.pipeline import build
from generator.problems.problem import Severity
from generator.settings import Settings

DAYS = 60
PLAN = Plan(days=DAYS, members=11, photos_per_day=1, seed=3, photo_size=(320, 240))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["demo", *map(str, arguments)])


def settings(root: Path) -> Settings:
    return Settings(root, root / "docs", root / "site")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    options = ["--days", DAYS, "--members", 11, "--photos-per-day", 1, "--seed", 3]
    result = run(folder, *options, "--photo-size", "320x240")
    assert result.exit_code == 0, result.output
    return folder


def test_the_demo_has_no_error_and_its_only_warnings_are_withheld_stories(root: Path) -> None:
    worse = [one for one in check(settings(root)).problems if one.severity is not Severity.NOTE]
    assert {one.code.id for one in worse} == {"PRI001"}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    one, same = list(demo_files(PLAN)), list(demo_files(PLAN))
    other = list(demo_files(Plan(DAYS, 11, 1, 4, (320, 240))))
    assert one == same
    assert one != other


def test_a_longer_archive_begins_like_a_shorter_one() -> None:
    short = dict(demo_files(Plan(20, 1, 0, 3, (8, 8))))
    long = dict(demo_files(Plan(50, 1, 0, 3, (8, 8))))
    entries = [name for name in short if name.startswith("records/activities/")]
    assert len(entries) == 20
    assert [short[name] for name in entries] == [long[name] for name in entries]


def test_it_has_every_kind_every_consent_and_honest_dates_and_amounts(root: Path) -> None:
    archive = load(root, root / "records").archive
    assert archive is not None
    assert len(archive.activities) == DAYS
    assert len(archive.members) == 11
    assert archive.sources and archive.donations
    assert any(one.distributions for one in archive.donations)
    assert {one.consent.status for one in archive.stories} == {
        "granted", "verbal", "not_needed", "refused", "withdrawn",
    }  # fmt: skip
    forms = Counter(one.date.form for one in archive.dated)
    assert {"day", "set", "unspecified", "interval"} <= set(forms)
    values = [figure.value for one in archive.activities for figure in one.figures]
    assert {(one.approximate, one.upper is None) for one in values} >= {
        (False, False), (True, False), (False, True),
    }  # fmt: skip
    held = [one for one in archive.photographs if not one.photo.pending]
    assert len(held) + len(archive.photographs) - len(held) == DAYS
    assert len(held) < DAYS


def test_every_page_says_that_it_is_fiction(root: Path) -> None:
    outcome = build(settings(root), root / "site", lambda step: None, lambda done, total: None)
    assert outcome.succeeded, outcome.problems
    pages = list((root / "site").rglob("*.html"))
    assert len(pages) > DAYS
    silent = [
        one.name for one in pages if '<aside class="fiction">虚构' not in one.read_text("utf-8")
    ]
    assert silent == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    result = run(tmp_path)
    assert result.exit_code == 2
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("size", ["big", "0x10", "10"])
def test_a_size_that_is_none_is_refused(tmp_path: Path, size: str) -> None:
    result = run(tmp_path / "new", "--photo-size", size)
    assert result.exit_code == 2
    assert "1600x1200" in result.output
    assert not (tmp_path / "new").exists()
