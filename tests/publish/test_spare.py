"""The old site's folder serves the next build, and holds nothing that is not published."""

import os
import sys
from pathlib import Path

import pytest

from generator.publish.printed import Print, marks_of
from generator.publish.spare import bring, put_by, remove
from tests.sites import SMALL, built, different, run, tree, write_archive

posix = pytest.mark.skipif(sys.platform == "win32", reason="folders replace no others there")


def site(folder: Path, **files: str) -> list[Print]:
    """A folder with some files, and what is known of them."""
    prints = []
    for name, content in files.items():
        path = folder / "days" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        prints.append(Print(f"days/{name}", marks_of(str(path))))
    return prints


def test_only_files_of_the_new_site_are_kept(tmp_path: Path) -> None:
    files = site(tmp_path / "site", same="same", changed="now")
    site(tmp_path / "old", changed="before", withdrawn="a name", stray="put there by hand")
    os.link(tmp_path / "site/days/same", tmp_path / "old/days/same")
    (tmp_path / "old/link").symlink_to(tmp_path / "site", target_is_directory=True)
    put_by(tmp_path / "old", files, tmp_path / "cache" / "spare")
    assert tree(tmp_path / "cache" / "spare") == {"days/same": b"same"}
    assert tree(tmp_path / "site") == {"days/same": b"same", "days/changed": b"now"}
    assert not (tmp_path / "old").exists()


def test_where_there_was_no_site_before_nothing_is_kept(tmp_path: Path) -> None:
    put_by(tmp_path / "old", [], tmp_path / "cache" / "spare")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_kept_stays_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way", encoding="utf-8")
    (tmp_path / "old").mkdir()
    put_by(tmp_path / "old", [], tmp_path / "cache" / "spare")
    assert (tmp_path / "old").is_dir()


def test_a_build_begins_with_the_spare_folder(tmp_path: Path) -> None:
    site(tmp_path / "spare", same="same")
    (tmp_path / "new").mkdir()
    bring(tmp_path / "spare", tmp_path / "new")
    assert tree(tmp_path) == {"new/days/same": b"same"}


@pytest.mark.parametrize("what", ["nothing", "file", "link"])
def test_without_a_spare_folder_it_begins_with_an_empty_one(tmp_path: Path, what: str) -> None:
    """Also where somebody's proposal brings along a link that leads elsewhere."""
    site(tmp_path / "elsewhere", private="private")
    if what == "file":
        (tmp_path / "spare").write_text("no folder", encoding="utf-8")
    if what == "link":
        (tmp_path / "spare").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (tmp_path / "new").mkdir()
    bring(tmp_path / "spare", tmp_path / "new")
    assert tree(tmp_path / "new") == {}
    assert tree(tmp_path / "elsewhere") == {"days/private": b"private"}


def spare_of(root: Path) -> Path:
    return root / ".cache" / "chronicle" / "spare"


def edit(root: Path, title: str) -> None:
    path = root / "records/activities/parcels.yml"
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    text[1] = f"title: {title}\n"
    path.write_text("".join(text), encoding="utf-8")


@posix
def test_builds_in_turn_are_as_clean_ones_whatever_happens_to_the_spare(tmp_path: Path) -> None:
    root = write_archive(tmp_path / "archive", SMALL)
    built(root)
    edit(root, "分发白菜")
    built(root)
    held = tree(spare_of(root))
    assert held and held.items() <= tree(root / "site").items()
    assert not any("白菜".encode() in content for content in held.values())

    (spare_of(root) / "days" / "2020-03-02.html").write_text("spoilt", encoding="utf-8")
    (spare_of(root) / "days" / "strange.html").write_text("strange", encoding="utf-8")
    (spare_of(root) / "days" / "sub" / "sub").mkdir(parents=True)
    (spare_of(root) / "stories" / "thumbs-up.html").unlink()
    edit(root, "分发萝卜")
    fresh = tree(built(root, tmp_path / "fresh"))
    # What was spoilt is the published page too, under another name: it is made again.
    assert different(tree(built(root)), fresh) == []

    (root / "records/stories/thumbs-up.yml").unlink()
    built(root)
    assert not any("竖起".encode() in content for content in tree(spare_of(root)).values())
    assert different(tree(root / "site"), tree(built(root, tmp_path / "again"))) == []
    folders = {path.relative_to(root / "site") for path in (root / "site").rglob("*/")}
    again = tmp_path / "again"
    assert folders == {path.relative_to(again) for path in again.rglob("*/")}


@posix
def test_nothing_of_another_audiences_site_stays_in_the_spare_folder(tmp_path: Path) -> None:
    root = write_archive(tmp_path / "archive", SMALL)
    story = root / "records/stories/thumbs-up.yml"
    story.write_text(story.read_text(encoding="utf-8") + "visibility: internal\n", encoding="utf-8")
    built(root, audience="internal")
    edit(root, "分发白菜")
    built(root, audience="internal")
    assert any("竖起".encode() in content for content in tree(spare_of(root)).values())
    built(root, tmp_path / "other", audience="public")
    edit(root, "分发萝卜")
    site = tree(built(root, tmp_path / "other", audience="public"))
    assert tree(spare_of(root)).items() <= site.items()
    assert not any("竖起".encode() in content for content in site.values())


@posix
def test_what_cannot_be_taken_away_of_the_old_site_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(path)

    files = site(tmp_path / "site", changed="now")
    site(tmp_path / "old", changed="before")
    monkeypatch.setattr(os, "unlink", refuse)
    put_by(tmp_path / "old", files, tmp_path / "spare")
    assert not (tmp_path / "spare").exists()


@posix
def test_a_link_in_place_of_the_spare_folder_is_not_followed_by_a_removal(tmp_path: Path) -> None:
    site(tmp_path / "elsewhere", private="private")
    (tmp_path / "spare").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert remove(tmp_path / "spare") == 0
    assert tree(tmp_path / "elsewhere") == {"days/private": b"private"}


@posix
def test_the_command_for_the_cache_names_the_spare_folder_and_removes_it(tmp_path: Path) -> None:
    root = write_archive(tmp_path / "archive", SMALL)
    built(root)
    edit(root, "分发白菜")
    site = tree(built(root))
    assert "1 个备用文件夹" in run("cache", "size", "--root", root).output
    assert "1 个备用文件夹" in run("cache", "prune", "--root", root).output
    assert "0 个备用文件夹" in run("cache", "size", "--root", root).output
    assert tree(root / "site") == site
