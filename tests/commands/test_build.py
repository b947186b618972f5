"""`chronicle build`, and MkDocs' own commands with the plugin: the same site either way."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from generator.commands.build import photo_progress
from tests.sites import (
    CONFIGURATION,
    SMALL,
    Files,
    different,
    picture,
    run,
    start,
    tree,
    write_archive,
)

INTERNAL = "date: 2020-03-17\ntitle: 内部的事\ntask: delivery\nvisibility: internal\n"
FILES: Files = {
    **SMALL,
    "records/activities/inside.yml": INTERNAL,
    "records/activities/patrol.yml": "date: 2020-03-09\ntitle: 巡查\ntask: delivery\n"
    "photos: [{caption: 图, alt: 图, file: patrol.jpg}]\n",
    "photos/patrol.jpg": picture(),
    "docs/about.md": "# 关于\n\n组长是{{ member('zhangsan') }}。\n",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive and its site, made by the command."""
    folder = write_archive(tmp_path_factory.mktemp("archive"), FILES)
    process = start("build", "--root", folder)
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert out == f"{(folder / 'site' / 'index.html').as_uri()}\n"
    assert "换上新站" in said
    return folder


def mkdocs(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_address_of_the_home_page_can_be_opened(root: Path) -> None:
    assert (root / "site" / "index.html").is_file()


def test_the_address_of_a_folder_with_odd_signs_can_be_opened(tmp_path: Path) -> None:
    folder = write_archive(tmp_path / "一个 档案#1", SMALL)
    result = run("build", "--root", folder)
    assert result.exit_code == 0, result.output
    address = result.stdout.strip()
    assert address.startswith("file:///")
    assert "%231" in address
    assert " " not in address


def test_mkdocs_itself_builds_the_same_bytes(root: Path, tmp_path: Path) -> None:
    result = mkdocs(root, "build", "--site-dir", str(tmp_path / "by-mkdocs"))
    assert result.returncode == 0, result.stderr
    assert different(tree(tmp_path / "by-mkdocs"), tree(root / "site")) == []


def test_mkdocs_strict_build_is_content(root: Path, tmp_path: Path) -> None:
    result = mkdocs(root, "build", "--strict", "--site-dir", str(tmp_path / "strict"))
    assert result.returncode == 0, result.stderr


def test_mkdocs_refuses_an_archive_with_an_error(tmp_path: Path) -> None:
    text = SMALL["records/activities/first-day.yml"].replace("lisi", "lsii")
    folder = write_archive(tmp_path, {**SMALL, "records/activities/first-day.yml": text})
    result = mkdocs(folder, "build")
    assert result.returncode == 1
    assert "REF001" in result.stderr
    assert "Traceback" not in result.stderr


def test_directory_urls_are_refused_because_a_folder_must_open(tmp_path: Path) -> None:
    text = CONFIGURATION.replace("use_directory_urls: false", "use_directory_urls: true")
    process = start("build", "--root", write_archive(tmp_path, {**SMALL, "mkdocs.yml": text}))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "use_directory_urls" in said
    assert "Traceback" not in said


def test_a_configuration_without_the_plugin_is_explained(tmp_path: Path) -> None:
    text = CONFIGURATION.replace("  - chronicle", "  - search")
    result = run("build", "--root", write_archive(tmp_path, {**SMALL, "mkdocs.yml": text}))
    assert result.exit_code == 2
    assert "plugins" in result.output
    assert "Traceback" not in result.output


def test_the_audience_may_be_named(root: Path, tmp_path: Path) -> None:
    for audience, shown in (("public", False), ("internal", True)):
        site = tmp_path / audience
        result = run("build", "--root", root, "--audience", audience, "--output", site)
        assert result.exit_code == 0, result.output
        assert (site / "days" / "2020-03-17.html").exists() is shown


def test_without_a_word_the_site_is_internal(root: Path) -> None:
    assert (root / "site" / "days" / "2020-03-17.html").is_file()


def test_nothing_private_can_be_asked_for(root: Path) -> None:
    assert run("build", "--root", root, "--audience", "private").exit_code == 2


def test_the_audience_in_mkdocs_yml_is_the_one_without_a_word(tmp_path: Path) -> None:
    text = CONFIGURATION.replace("  - chronicle", "  - chronicle:\n      audience: public")
    folder = write_archive(tmp_path, {**FILES, "mkdocs.yml": text})
    assert run("build", "--root", folder).exit_code == 0
    assert not (folder / "site" / "days" / "2020-03-17.html").exists()


def test_a_clean_build_makes_the_same_site_anew(root: Path, tmp_path: Path) -> None:
    before = tree(root / "site")
    arguments = ("--output", tmp_path / "clean", "--clean", "--jobs", "1")
    assert run("build", "--root", root, *arguments).exit_code == 0
    assert different(tree(tmp_path / "clean"), before) == []


@pytest.mark.parametrize("output", [".", "..", "records", "docs", "photos", "docs/site"])
def test_a_site_never_takes_the_place_of_the_archive(root: Path, output: str) -> None:
    before = {n: c for n, c in tree(root).items() if not n.startswith((".cache/", "site/"))}
    result = run("build", "--root", root, "--output", root / output)
    assert result.exit_code == 2
    after = {n: c for n, c in tree(root).items() if not n.startswith((".cache/", "site/"))}
    assert different(after, before) == []


def test_a_folder_with_anything_else_in_it_is_never_replaced(root: Path, tmp_path: Path) -> None:
    write_archive(tmp_path / "documents", {"letter.txt": "信"})
    result = run("build", "--root", root, "--output", tmp_path / "documents")
    assert result.exit_code == 2
    assert tree(tmp_path) == {"documents/letter.txt": "信".encode()}


def test_an_empty_folder_is_as_good_as_none(root: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert run("build", "--root", root, "--output", tmp_path / "site").exit_code == 0
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_hand_written_page_shows_what_the_records_say(root: Path) -> None:
    text = (root / "site" / "about.html").read_text(encoding="utf-8")
    assert '<a href="members/zhangsan.html">张三</a>' in text


def test_on_a_terminal_the_work_may_be_shared_with_copies_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    threads = threading.active_count()
    with photo_progress() as progress:
        for done in range(500):
            progress(done + 1, 500)
        assert threading.active_count() == threads
