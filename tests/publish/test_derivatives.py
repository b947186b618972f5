"""Derivatives of photographs: taken over unread from the site before, unless somebody touched them.

What the audit reads is noted, in this process; secrets are those of an internal story.
"""

import os
from pathlib import Path

import pytest

from generator.commands.common import settings_for
from generator.problems.problem import Problem, Severity
from generator.publish.finished_site import FinishedSite
from generator.publish.printed import Print, Printed, marks_of, read_printed, save_printed
from generator.reading.memory import FOLDER, Memory
from generator.settings import Settings
from tests.sites import SMALL, Files, build, picture, tree, write_archive

PATH = "records/activities/patrol.yml"
PATROL = (
    "date: 2020-03-09\ntitle: 巡查\ntask: delivery\n"
    "photos: [{file: one.jpg, caption: 一张}, {file: two.jpg, caption: 两张}]\n"
)
SECRET = "不给外面看的故事，一个字也不行。"
HIDDEN = (
    f"date: 2020-03-10\ntitle: 不给外面看的题目\nteller: {{}}\ntext: {SECRET}\n"
    "visibility: internal\nconsent: {status: not_needed, audience: internal}\n"
)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the derivatives that the audit has read."""
    names: list[str] = []
    content = FinishedSite.content

    def noted(site: FinishedSite, name: str) -> bytes:
        names.extend([name] if name.startswith("assets/photos/") else [])
        return content(site, name)

    monkeypatch.setattr(FinishedSite, "content", noted)
    return names


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    files: Files = {
        **SMALL,
        PATH: PATROL,
        "records/stories/hidden.yml": HIDDEN,
        "photos/one.jpg": picture(),
        "photos/two.jpg": picture((20, 60, 90)),
    }
    chosen = settings_for(write_archive(tmp_path / "archive", files), audience="public", jobs=1)
    assert built(chosen) == ()
    return chosen


def built(settings: Settings, path: str = "", content: str = "") -> tuple[Problem, ...]:
    """The problems of a build after an edit."""
    if path:
        (settings.root / path).write_text(content, encoding="utf-8")
    outcome = build(settings, settings.site)
    return tuple(one for one in outcome.problems if one.code.severity is Severity.ERROR)


def derivatives(settings: Settings) -> list[Path]:
    return sorted((settings.site / "assets" / "photos").iterdir())


def test_after_an_edit_the_same_files_stand_in_the_site_and_none_is_read(
    settings: Settings, read: list[str]
) -> None:
    before = {one.name: one.stat().st_ino for one in derivatives(settings)}
    built(settings, PATH, PATROL.replace("巡查", "巡街"))
    assert {one.name: one.stat().st_ino for one in derivatives(settings)} == before
    assert read == []


def test_a_new_photograph_is_searched_and_the_others_are_not(
    settings: Settings, read: list[str]
) -> None:
    before = {one.name for one in derivatives(settings)}
    built(settings, PATH, PATROL.replace("两张", "第二张"))
    after = {one.name for one in derivatives(settings)}
    assert {Path(one).name for one in read} == after - before != set()
    assert len(after) == len(before), "the old one is gone"


def test_other_secrets_are_looked_for_everywhere(settings: Settings, read: list[str]) -> None:
    built(settings, "records/stories/hidden.yml", HIDDEN.replace("一个字", "两个字"))
    assert {Path(one).name for one in read} == {one.name for one in derivatives(settings)}


def test_what_somebody_changed_in_the_site_is_put_right(
    settings: Settings, read: list[str]
) -> None:
    whole = tree(settings.site)
    touched = derivatives(settings)[0]
    status, length = touched.stat(), touched.stat().st_size
    touched.write_bytes(SECRET.encode("utf-8").ljust(length)[:length])
    os.utime(touched, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert built(settings, PATH, PATROL + "\n") == ()
    assert tree(settings.site) == whole
    of_the_picture = {one.name for one in derivatives(settings) if one.name[:8] == touched.name[:8]}
    assert {Path(one).name for one in read} == of_the_picture


def test_a_memory_that_is_not_ours_spares_nothing(settings: Settings, read: list[str]) -> None:
    memory = settings.cache / FOLDER
    remembered = next(memory.glob("printed-*")).name
    printed = read_printed(Memory(memory), remembered, settings.site)
    touched = derivatives(settings)[0]
    touched.write_bytes(SECRET.encode("utf-8"))
    url = touched.relative_to(settings.site).as_posix()
    name = next(n for n, own in printed.prints.items() if url in (one.url for one in own))
    prints = {**printed.prints, name: [Print(url, marks_of(str(touched)))]}
    forged = Memory(memory, b"of somebody else, 32 bytes long.")
    save_printed(forged, remembered, Printed(printed.keys, prints, printed.rendered))
    assert built(settings, PATH, PATROL + "\n") == ()
    assert touched.read_bytes() != SECRET.encode("utf-8")
    assert {Path(one).name for one in read} == {one.name for one in derivatives(settings)}


def test_what_a_failed_build_linked_is_still_believed(settings: Settings, read: list[str]) -> None:
    index = (settings.docs / "index.md").read_text(encoding="utf-8")
    assert built(settings, "docs/index.md", index + "\n[无](nowhere.html)\n") != ()
    assert built(settings, "docs/index.md", index + "\n再写一句。\n") == ()
    assert read == []


def test_a_disk_without_links_holds_copies(
    settings: Settings, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*names: object) -> None:
        raise OSError("no links here")

    before = {one.name: one.stat().st_ino for one in derivatives(settings)}
    monkeypatch.setattr(os, "link", refuse)
    built(settings, PATH, PATROL.replace("巡查", "巡街"))
    assert {one.name: one.stat().st_ino for one in derivatives(settings)} != before
    assert read == []
    built(settings, PATH, PATROL)
    assert read == []
