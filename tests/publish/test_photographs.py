"""Originals that cannot be used: the reason in a sentence, at the line that names the file."""

import io
import random
import struct
import zlib
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from generator.checking import check
from generator.commands.common import settings_for
from generator.photos.headers import Finding, Limits, Reason, examine
from generator.problems.problem import Problem, Severity
from generator.problems.reporters import as_text
from generator.publish import originals as module
from generator.publish.originals import _REASONS
from generator.reading import notes
from tests.sites import SMALL, build, built, errors, picture, write_archive

RECORD = """\
date: 2020-03-09
title: 巡查
task: delivery
photos:
  - caption: 好的
    file: good.jpg
  - caption: 坏的
    file: {}
"""
PATH = "records/activities/patrol.yml"


def noise(form: str = "JPEG") -> bytes:
    """A picture with so much detail that half of its file is not enough."""
    buffer = io.BytesIO()
    pixels = random.Random(20200309).randbytes(400 * 300 * 3)
    Image.frombytes("RGB", (400, 300), pixels).save(buffer, form)
    return buffer.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds hardly anything."""

    def chunk(name: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 123456\n"
FOUND_BY_CHECK: dict[str, tuple[str, bytes | None]] = {
    "outside": ("../secret.jpg", None),
    "missing": ("2020/nowhere.jpg", None),
    "empty": ("empty.jpg", b""),
    "lfs_pointer": ("pointer.jpg", POINTER),
    "not_a_picture": ("letter.jpg", b"%PDF-1.7\n" + b"x" * 200),
    "mislabelled": ("really-png.jpg", picture(form="PNG")),
    "too_large": ("bomb.png", png_of(50_000, 50_000)),
}
FOUND_BY_DEVELOPING = {
    "truncated": ("half.jpg", noise()[: len(noise()) // 2]),
    "unreadable": ("scratched.png", noise("PNG").replace(noise("PNG")[200:400], b"\0" * 200)),
}


def archive(folder: Path, name: str, content: bytes | None) -> Path:
    files: dict[str, str | bytes] = {
        **SMALL,
        PATH: RECORD.format(name),
        "photos/good.jpg": picture(),
    }
    if content is not None:
        files[f"photos/{name}"] = content
    return write_archive(folder, files)


def check_of(root: Path) -> tuple[Problem, ...]:
    return check(settings_for(root)).problems


def about_photographs(problems: tuple[Problem, ...]) -> list[Problem]:
    return [one for one in problems if one.code.id in ("IMG001", "IMG002")]


@pytest.mark.parametrize("reason", FOUND_BY_CHECK)
def test_a_check_names_an_original_that_cannot_be_used(tmp_path: Path, reason: str) -> None:
    name, content = FOUND_BY_CHECK[reason]
    (one,) = about_photographs(check_of(archive(tmp_path, name, content)))
    assert (one.code.id, one.severity) == ("IMG001", Severity.ERROR)
    assert (one.place.path, one.place.line, one.place.column) == (PATH, 8, 11)
    assert one.place.stated == f"    file: {name}"
    sentence = _REASONS[reason]
    assert sentence[0].partition("{")[0] in one.message("zh")
    assert sentence[1].partition("{")[0] in one.message("en")
    assert one.hint("zh")


@pytest.mark.parametrize("reason", FOUND_BY_DEVELOPING)
def test_a_build_names_an_original_that_is_damaged_within(tmp_path: Path, reason: str) -> None:
    name, content = FOUND_BY_DEVELOPING[reason]
    root = archive(tmp_path, name, content)
    settings = settings_for(root, jobs=1)
    outcome = build(settings, settings.site)
    (one,) = errors(outcome)
    assert (one.code.id, one.place.path, one.place.line) == ("IMG001", PATH, 8)
    assert _REASONS[reason][0].partition("{")[0] in one.message("zh"), one.message("zh")
    assert not settings.site.exists()


def test_every_reason_has_a_sentence_in_both_languages() -> None:
    assert set(_REASONS) == set(get_args(Reason))
    assert all(zh and en for zh, en in _REASONS.values())


def test_the_excerpt_marks_the_name_of_the_file(tmp_path: Path) -> None:
    problems = about_photographs(check_of(archive(tmp_path, "图 1.jpg", None)))
    assert "8 |     file: 图 1.jpg\n    |           ^~~~~~" in as_text(problems, "en")


def test_a_name_that_differs_only_in_its_extension_is_not_taken_instead(tmp_path: Path) -> None:
    root = archive(tmp_path, "good.png", None)
    assert [one.code.id for one in about_photographs(check_of(root))] == ["IMG001"]


def test_an_original_that_no_record_names_is_a_warning(tmp_path: Path) -> None:
    root = archive(tmp_path, "good.jpg", None)
    write_archive(root, {"photos/2020/spare.JPG": picture(), "photos/README.md": "说明"})
    (one,) = about_photographs(check_of(root))
    assert (one.code.id, one.severity) == ("IMG002", Severity.WARNING)
    assert one.place.path == "photos/2020/spare.JPG"


def test_a_photograph_that_is_still_wanted_needs_no_file(tmp_path: Path) -> None:
    wanted = (
        "title: 巡查\ndate: 2020-03-09\ntask: delivery\nphotos: [{caption: 题, pending: true}]\n"
    )
    root = write_archive(tmp_path, {**SMALL, PATH: wanted})
    assert about_photographs(check_of(root)) == []
    text = next((built(root) / "photos").glob("patrol-*.html")).read_text(encoding="utf-8")
    assert "原片待征集" in text
    assert 'src="../assets/photos/' not in text


def test_only_derivatives_are_published_and_never_the_original(tmp_path: Path) -> None:
    root = archive(tmp_path, "2020/IMG_20200309_141523.jpg", noise())
    site = built(root)
    published = [path for path in site.rglob("*") if path.suffix in (".jpg", ".webp", ".jpeg")]
    assert {path.parent for path in published} == {site / "assets" / "photos"}
    assert not [path for path in site.rglob("*") if "IMG_" in path.name]
    originals = {path.read_bytes() for path in (root / "photos").rglob("*.jpg")}
    assert not originals & {path.read_bytes() for path in published}
    shown = [*published, *site.rglob("*.html"), *site.rglob("search/**/*.js")]
    assert not [path for path in shown if b"IMG_2020" in path.read_bytes()]


def test_an_original_is_opened_again_only_when_it_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes, "_GRAIN_NS", 0)
    record = {PATH: RECORD.format("bad.jpg")}
    originals = {"photos/good.jpg": picture(), "photos/bad.jpg": POINTER}
    settings = settings_for(write_archive(tmp_path, {**SMALL, **record, **originals}))
    opened: list[str] = []

    def noted(path: Path, limits: Limits) -> Finding | None:
        opened.append(path.name)
        return examine(path, limits)

    monkeypatch.setattr(module, "examine", noted)
    first = check(settings).problems
    assert [one.code.id for one in first].count("IMG001") == 1
    assert check(settings).problems == first
    assert opened == ["good.jpg", "bad.jpg", "bad.jpg"]
    (tmp_path / "photos" / "good.jpg").write_bytes(POINTER)
    assert [one.code.id for one in check(settings).problems].count("IMG001") == 2
