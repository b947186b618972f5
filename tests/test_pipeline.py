"""The whole build: what is wrong keeps the old site, and a killed build leaves no trace in it."""

import os
import re
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from generator.checking import check
from generator.commands.common import settings_for
from generator.pages.edition import Edition
from generator.pipeline import build as build_site
from generator.pipeline import prepare
from generator.problems.problem import Severity
from tests.sites import (
    CONFIGURATION,
    SMALL,
    Files,
    build,
    built,
    different,
    errors,
    picture,
    start,
    tree,
    write_archive,
)

ACTIVITY = "records/activities/first-day.yml"
PATROL = "records/activities/patrol.yml"
WITH_PHOTOGRAPH: Files = {
    **SMALL,
    PATROL: "date: 2020-03-09\ntitle: 巡查\ntask: delivery\n"
    "photos: [{caption: 图, alt: 图, file: patrol.jpg}]\n",
    "photos/patrol.jpg": picture(),
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_archive(tmp_path_factory.mktemp("original"), WITH_PHOTOGRAPH)
    built(folder)
    return folder


@pytest.fixture
def root(original: Path, tmp_path: Path) -> Path:
    """An archive whose site has been built once."""
    return shutil.copytree(original, tmp_path / "archive")


def change(root: Path, old: str = "第一天", new: str = "头一天") -> None:
    path = root / ACTIVITY
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# What is built


def test_a_build_goes_through_its_steps_in_order(tmp_path: Path) -> None:
    settings = settings_for(write_archive(tmp_path, SMALL))
    steps: list[str] = []
    outcome = build_site(settings, settings.site, steps.append, lambda done, total: None)
    assert steps == ["check", "render", "stamp", "publish"]
    assert outcome.succeeded
    # Two members, two single days, a period and an uncertain day, and so on: pages beyond indexes.
    record_pages = [path for path in tree(settings.site) if path.endswith(".html")]
    assert outcome.pages == len(record_pages) - len({"index.html", "404.html"})


def test_a_second_build_gives_the_same_bytes(root: Path) -> None:
    before = tree(root / "site")
    assert different(tree(built(root)), before) == []


def test_a_build_from_scratch_gives_the_same_bytes_as_one_after_a_change(
    root: Path, tmp_path: Path
) -> None:
    change(root)
    again = tree(built(root))
    fresh = write_archive(tmp_path / "fresh", WITH_PHOTOGRAPH)
    change(fresh)
    assert different(again, tree(built(fresh))) == []


def test_what_is_no_longer_recorded_leaves_no_page(root: Path) -> None:
    (root / PATROL).unlink()
    (root / "photos" / "patrol.jpg").unlink()
    site = built(root)
    assert not (site / "days" / "2020-03-09.html").exists()
    assert not (site / "assets" / "photos").exists()


def test_the_records_folder_is_not_written_to(root: Path) -> None:
    def sources() -> dict[str, bytes]:
        files = tree(root).items()
        return {name: one for name, one in files if not name.startswith((".cache/", "site/"))}

    before = sources()
    change(root)
    built(root)
    change(root, "头一天", "第一天")
    assert sources() == before


def test_an_edition_shows_what_its_audience_may_see(tmp_path: Path) -> None:
    settings = settings_for(write_archive(tmp_path, SMALL), audience="public")
    found = prepare(settings, lambda done, total: None)
    assert isinstance(found, Edition)
    assert found.archive.file.title == "巷里纪事"


# What keeps the old site


BROKEN = {
    "a record": (ACTIVITY, "date: 2020-03-02\ntitle: [\n"),
    "a reference": (ACTIVITY, "date: 2020-03-02\ntitle: 题\ntask: delivery\nmembers: [zhangsna]\n"),
    "a photograph": ("photos/patrol.jpg", picture()[:300]),
    "a hand-written page": ("docs/index.md", '# 题\n\n{{ member("zhangsna") }}\n'),
    "a link": ("docs/index.md", '# 题\n\n<a href="gone.html">x</a>\n'),
    "a script from outside": ("docs/index.md", '# 题\n\n<script src="https://a.org/x"></script>\n'),
}


@pytest.mark.parametrize(("name", "content"), BROKEN.values(), ids=BROKEN)
def test_with_an_error_the_old_site_is_untouched(
    root: Path, name: str, content: str | bytes
) -> None:
    before = tree(root / "site")
    write_archive(root, {name: content})
    outcome = build(settings_for(root), root / "site")
    assert not outcome.succeeded
    assert outcome.pages == 0 or errors(outcome)[0].code.id.startswith("AUD")
    assert different(tree(root / "site"), before) == []
    assert not list(root.glob(".site.building-*"))


def test_limits_of_photographs_hold_in_a_build(root: Path) -> None:
    before = tree(root / "site")
    options = "plugins: [chronicle: {max_megapixels: 0.0001}]"
    write_archive(root, {"mkdocs.yml": CONFIGURATION.replace("plugins:\n  - chronicle", options)})
    outcome = build(settings_for(root), root / "site")
    assert [(one.code.id, one.place.path) for one in errors(outcome)] == [("IMG001", PATROL)]
    assert different(tree(root / "site"), before) == []


def test_originals_are_published_when_asked_for(root: Path) -> None:
    options = "plugins: [chronicle: {publish_originals: true}]"
    write_archive(root, {"mkdocs.yml": CONFIGURATION.replace("plugins:\n  - chronicle", options)})
    site = built(root)
    page = next((site / "photos").glob("*.html")).read_text(encoding="utf-8")
    (original,) = re.findall(r'href="../(assets/photos/[^"]+\.jpg)"', page)
    with Image.open(site / original) as handed_out, Image.open(root / "photos/patrol.jpg") as own:
        assert handed_out.tobytes() == own.tobytes()


def test_with_warnings_a_site_is_built(root: Path) -> None:
    write_archive(root, {"photos/spare.jpg": picture()})
    outcome = build(settings_for(root), root / "site")
    assert outcome.succeeded
    assert any(one.severity is Severity.WARNING for one in check(settings_for(root)).problems)


def test_the_site_may_be_written_elsewhere(root: Path, tmp_path: Path) -> None:
    before = tree(root / "site")
    change(root)
    elsewhere = built(root, tmp_path / "deep" / "other")
    assert (elsewhere / "index.html").is_file()
    assert different(tree(root / "site"), before) == []


# What a killed build leaves


MOMENTS = ("检查记录", "排版", "印制", "换上新站")


@pytest.fixture(params=MOMENTS)
def killed(root: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, dict[str, bytes]]]:
    """An archive with a change, its old site's bytes, after a build was killed at that step."""
    before = tree(root / "site")
    change(root)
    process = start("build", "--root", root)
    assert process.stderr is not None
    seen = next((line for line in process.stderr if line.startswith(request.param)), "")
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert seen
    assert process.returncode == -signal.SIGKILL
    yield root, before


def test_a_killed_build_leaves_a_whole_site_and_the_next_is_right(
    killed: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    root, before = killed
    fresh = write_archive(tmp_path / "fresh", WITH_PHOTOGRAPH)
    change(fresh)
    after = tree(built(fresh))
    left = tree(root / "site")
    assert not different(left, before) or not different(left, after)
    assert different(tree(built(root)), after) == []
    assert not list(root.glob(".site.building-*"))


def test_two_sites_of_one_archive_can_be_built_at_the_same_time(root: Path, tmp_path: Path) -> None:
    (root / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    before = tree(root / "site")
    names = [tmp_path / "one", tmp_path / "two"]
    processes = [start("build", "--root", root, "--output", name) for name in names]
    for process in processes:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    assert [different(tree(name), before) for name in names] == [[], []]
