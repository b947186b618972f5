"""A run is spared only when it could say nothing new; counted by how often the work is done."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator import unchanged
from generator.checking import check
from generator.commands.common import settings_for
from generator.problems.problem import Problem
from generator.reading import inputs
from generator.reading.configuration import own_theme
from generator.reading.memory import FOLDER
from generator.settings import Settings
from generator.unchanged import Answer, Look, build_again, check_again
from tests.sites import CONFIGURATION, SMALL, run, tree, write_archive

ACTIVITY = "records/activities/first-day.yml"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(inputs, "_GRAIN_NS", 0)
    return settings_for(write_archive(tmp_path / "archive", SMALL))


class Work:
    """Counts how often it is asked."""

    def __init__(self, settings: Settings, site: Path | None = None) -> None:
        self.settings, self.site, self.times = settings, site, 0

    def __call__(self, look: Look) -> Answer:
        self.times += 1
        left = ""
        if self.site is not None:
            self.site.mkdir(exist_ok=True)
            (self.site / "index.html").write_text(f"{self.times}", encoding="utf-8")
            left = inputs.marks_of((self.site,))
        return Answer(check(self.settings).problems, pages=7, left=left)


def test_the_second_check_says_the_same_without_looking(settings: Settings) -> None:
    work = Work(settings)
    first = check_again(settings, work)
    assert check_again(settings, work) == first
    assert work.times == 1
    assert first.problems and all(isinstance(one, Problem) for one in first.problems)


def edited(settings: Settings) -> Settings:
    path = settings.root / ACTIVITY
    path.write_text(path.read_text(encoding="utf-8") + "\n# 又看了一遍\n", encoding="utf-8")
    return settings


def renamed(settings: Settings) -> Settings:
    (settings.root / ACTIVITY).rename((settings.root / ACTIVITY).with_name("other-day.yml"))
    return settings


def written(settings: Settings) -> Settings:
    (settings.docs / "index.md").write_text("# 又一页\n", encoding="utf-8")
    return settings


def pictured(settings: Settings) -> Settings:
    settings.photos.mkdir(exist_ok=True)
    (settings.photos / "new.jpg").write_bytes(b"")
    return settings


def the_day_after(settings: Settings) -> Settings:
    return replace(settings, today=date(2035, 1, 1))


def for_others(settings: Settings) -> Settings:
    return replace(settings, audience="public")


def forged(settings: Settings) -> Settings:
    path = settings.cache / FOLDER / "check"
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"pages":7', b'"pages":8'))
    assert path.read_bytes() != content
    return settings


CHANGES = [edited, renamed, written, pictured, the_day_after, for_others, forged]


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_the_work_is_done(
    settings: Settings, change: Callable[[Settings], Settings]
) -> None:
    work = Work(settings)
    check_again(settings, work)
    check_again(change(settings), work)
    assert work.times == 2


def read_anew(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files that a second check opened to compare what they hold."""
    opened: list[str] = []
    read = inputs._content

    def noted(path: str) -> bytes:
        opened.append(path)
        return read(path)

    monkeypatch.setattr(inputs, "_content", noted)
    work = Work(settings)
    check_again(settings, work)
    assert work.times == 0
    return opened


def test_what_lies_there_as_it_did_is_not_even_opened(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_again(settings, Work(settings))
    assert read_anew(settings, monkeypatch) == []


def test_a_checkout_of_the_same_files_spares_the_work(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_again(settings, Work(settings))
    files = [path for path in settings.records.rglob("*") if path.is_file()]
    for path in files:
        path.write_bytes(path.read_bytes())
    assert {*map(str, files)} <= {*read_anew(settings, monkeypatch)}
    assert read_anew(settings, monkeypatch) == []  # they are known now


def test_where_marks_tell_nothing_the_bytes_do(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "MARKS_TELL", False)
    check_again(settings, Work(settings))
    assert str(settings.root / ACTIVITY) in read_anew(settings, monkeypatch)


def test_the_work_is_told_what_lies_there_and_whether_there_are_other_files(
    settings: Settings,
) -> None:
    looks: list[Look] = []

    def work(look: Look) -> Answer:
        looks.append(look)
        return Answer(())

    check_again(settings, work)
    check_again(edited(settings), work)
    (settings.root / ACTIVITY).unlink()
    check_again(settings, work)
    assert [look.others for look in looks] == [True, False, True]
    named = [[one.path for one in look.found or ()] for look in looks]
    assert str(settings.root / ACTIVITY) in named[1]
    assert str(settings.root / ACTIVITY) not in named[2]


def test_what_was_changed_while_the_work_went_on_is_not_remembered(settings: Settings) -> None:
    work = Work(settings)

    def meanwhile(look: Look) -> Answer:
        answer = work(look)
        edited(settings)
        return answer

    check_again(settings, meanwhile)
    check_again(settings, work)
    assert work.times == 2


def test_what_was_changed_just_before_the_answer_is_kept_is_not_taken_for_what_was_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Work(settings)
    digest = inputs.Inputs.digest

    def after_an_edit(self: inputs.Inputs, *known: Any) -> str | None:
        written(settings)
        return digest(self, *known)

    with monkeypatch.context() as patch:
        patch.setattr(inputs.Inputs, "digest", after_an_edit)
        check_again(settings, work)
    check_again(settings, work)
    assert work.times == 2


def test_a_site_that_somebody_touched_is_built_again(settings: Settings, tmp_path: Path) -> None:
    site = tmp_path / "site"
    work = Work(settings, site)
    assert build_again(settings, site, work).pages == 7
    assert build_again(settings, site, work).pages == 7
    assert work.times == 1
    (site / "extra.html").write_text("", encoding="utf-8")
    build_again(settings, site, work)
    assert work.times == 2
    (site / "index.html").unlink()
    build_again(settings, site, work)
    assert work.times == 3


def test_another_folder_is_another_build(settings: Settings, tmp_path: Path) -> None:
    one, other = (Work(settings, tmp_path / name) for name in ("one", "other"))
    for work in (one, other, one, other):
        assert work.site is not None
        build_again(settings, work.site, work)
    assert (one.times, other.times) == (1, 1)


@pytest.mark.parametrize(
    "added",
    [
        "hooks: [hook.py]",
        '"hooks" : [hook.py]',
        "markdown_extensions: [{pymdownx.emoji: {options: {custom_icons: [icons]}}}]",
        "INHERIT: base.yml",
        "extra: {version: !ENV VERSION}",
        "markdown_extensions: [pymdownx.snippets]",
        "markdown_extensions: [{pymdownx.snippets: {base_path: ..}}]",
        "markdown_extensions: [tables, own_extension]",
    ],
)
def test_where_others_have_a_say_every_build_is_made(
    settings: Settings, tmp_path: Path, added: str
) -> None:
    (tmp_path / "archive" / "base.yml").write_text("{}", encoding="utf-8")
    configuration = settings.root / "mkdocs.yml"
    configuration.write_text(f"{CONFIGURATION}\n{added}\n", encoding="utf-8")
    work = Work(settings, tmp_path / "site")
    build_again(settings, tmp_path / "site", work)
    build_again(settings, tmp_path / "site", work)
    assert work.times == 2


def test_a_theme_of_ones_own_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text("theme: {name: material, custom_dir: looks}", encoding="utf-8")
    assert own_theme(path) == (tmp_path / "looks",)
    path.write_text("plugins: [chronicle, git-dates]", encoding="utf-8")
    assert own_theme(path) is None


@pytest.mark.skipif(sys.platform != "linux", reason="there names of files are any bytes")
@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_a_name_in_an_old_encoding_is_reported_and_remembered(
    settings: Settings, form: str
) -> None:
    old = os.fsdecode("第一天".encode("gbk"))
    page, photograph = settings.docs / f"{old}.md", settings.root / "photos" / f"{old}.jpg"
    for path in (page, photograph):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"# A day")
    done = [run("check", "--root", settings.root, "--format", form) for _ in range(2)]
    assert [one.exit_code for one in done] == [1, 1]
    assert done[0].output == done[1].output
    assert "IDN006" in done[0].output and "IMG002" in done[0].output
    assert run("build", "--root", settings.root).exit_code == 1
    page.unlink()
    assert run("build", "--root", settings.root).exit_code == 0


def test_the_commands_say_the_same_twice(settings: Settings) -> None:
    first, second = (run("check", "--root", settings.root) for _ in range(2))
    assert (first.exit_code, first.output) == (second.exit_code, second.output)
    built = run("build", "--root", settings.root)
    before = tree(settings.site)
    again = run("build", "--root", settings.root)
    assert again.exit_code == built.exit_code == 0
    assert built.stdout == again.stdout
    assert "record pages" in again.stderr and "rendering" not in again.stderr
    assert tree(settings.site) == before
