"""What the first bytes of an original tell."""

import os
import time
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from generator.photos.headers import Finding, Limits, Originals, examine, examine_start

from .originals import encoded, four_corners, huge_png, written

POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\n"
    b"size 3145728\n"
)
FORMS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "tif": "TIFF"}


@pytest.mark.parametrize("extension", [*FORMS, "heic"])
def test_a_sound_picture_of_every_kind_is_accepted(tmp_path: Path, extension: str) -> None:
    pillow_heif.register_heif_opener()
    content = encoded(four_corners(80, 60), FORMS.get(extension, "HEIF"))
    assert examine(written(tmp_path / f"a.{extension}", content)) is None
    assert examine(written(tmp_path / f"B.{extension.upper()}", content)) is None


@pytest.mark.parametrize("extension", [*FORMS, "heic"])
def test_more_pixels_than_allowed_are_seen_in_every_kind(tmp_path: Path, extension: str) -> None:
    pillow_heif.register_heif_opener()
    content = encoded(four_corners(128, 64), FORMS.get(extension, "HEIF"))
    path = written(tmp_path / f"a.{extension}", content)
    assert examine(path, Limits(pixels=8192)) is None
    finding = examine(path, Limits(pixels=8191))
    assert finding == Finding("too_large", "128x64")


@pytest.mark.parametrize("lossless", [False, True])
def test_every_form_of_webp_tells_its_size(tmp_path: Path, lossless: bool) -> None:
    image = four_corners(81, 61)
    for mode, options in (("RGB", {}), ("RGBA", {}), ("RGB", {"xmp": b"<x/>"})):
        content = encoded(image.convert(mode), "WEBP", lossless=lossless, **options)
        path = written(tmp_path / "a.webp", content)
        assert examine(path, Limits(pixels=10)) == Finding("too_large", "81x61")


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    assert examine(tmp_path / "a.jpg") == Finding("missing", "a.jpg")
    assert examine(tmp_path) == Finding("missing", tmp_path.name)


def test_an_empty_file_is_empty(tmp_path: Path) -> None:
    assert examine(written(tmp_path / "a.jpg", b"")) == Finding("empty")


def test_a_git_lfs_pointer_tells_the_size_of_what_is_missing(tmp_path: Path) -> None:
    assert examine(written(tmp_path / "a.jpg", POINTER)) == Finding("lfs_pointer", "3145728")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"BM\x00\x00", "bmp"),
        (b"\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  ", "video"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00avif", "avif"),
        (b"\xef\xbb\xbf  <svg xmlns=''/>", "svg"),
        (b"hello", ""),
    ],
)
def test_what_is_no_picture_is_named_where_known(tmp_path: Path, content: bytes, kind: str) -> None:
    assert examine(written(tmp_path / "a.jpg", content)) == Finding("not_a_picture", kind)


def test_a_wrong_extension_tells_what_the_file_really_is(tmp_path: Path) -> None:
    content = encoded(four_corners(20, 20), "WEBP")
    assert examine(written(tmp_path / "mmexport.jpg", content)) == Finding("mislabelled", "webp")
    assert examine(written(tmp_path / "noextension", content)) == Finding("mislabelled", "webp")


def test_a_bomb_is_too_large_before_it_is_decoded(tmp_path: Path) -> None:
    finding = examine(written(tmp_path / "a.png", huge_png()))
    assert finding == Finding("too_large", "60000x60000")


def test_too_many_bytes_are_too_large(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jpg", encoded(four_corners(80, 60), "JPEG") + bytes(2000))
    assert examine(path, Limits(length=1000)) == Finding(
        "too_large", f"{path.stat().st_size} bytes"
    )


def test_a_file_that_ends_within_its_header_is_truncated(tmp_path: Path) -> None:
    jpeg = encoded(four_corners(80, 60), "JPEG")
    path = written(tmp_path / "a.jpg", jpeg[:30])
    assert examine(path) == Finding("truncated", "ends within its header")
    webp = written(tmp_path / "a.webp", encoded(four_corners(80, 60), "WEBP")[:-10])
    assert examine(webp) == Finding("truncated", "shorter than its header says")


def test_no_beginning_of_a_picture_upsets_the_check(tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    for extension, form in (FORMS | {"heic": "HEIF"}).items():
        content = encoded(Image.new("L", (9, 9)), form)
        for length in range(min(len(content), 400)):
            finding = examine(written(tmp_path / f"a.{extension}", content[:length]))
            assert finding is None or finding.reason in {
                "empty",
                "not_a_picture",
                "truncated",
                "unreadable",
            }


def test_a_file_of_endless_tiny_segments_does_not_hold_up_the_check(tmp_path: Path) -> None:
    started = time.perf_counter()
    examine(written(tmp_path / "a.jpg", b"\xff\xd8" + b"\xff\xe0\x00\x02" * 500_000))
    examine(written(tmp_path / "b.jpg", b"\xff\xd8" + b"\xff" * 2_000_000))
    box = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x00\x00\x00\x08free" * 300_000
    examine(written(tmp_path / "c.heic", box))
    assert time.perf_counter() - started < 1


def test_the_first_bytes_alone_tell_the_kind() -> None:
    assert examine_start(encoded(four_corners(9, 9), "GIF")[:64]) == "gif"
    assert examine_start(b"") == Finding("empty")


def test_a_name_leads_into_the_folder_of_photographs(tmp_path: Path) -> None:
    path = Originals(tmp_path).path("2020/03/04-合影 1.jpg")
    assert path == tmp_path.resolve() / "photos" / "2020" / "03" / "04-合影 1.jpg"


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../secret.jpg",
        "2020/../../secret.jpg",
        "/etc/passwd",
        "C:/secret.jpg",
        "c:secret.jpg",
        "2020\\03\\a.jpg",
        "..\\secret.jpg",
        "a.jpg\0.png",
        "2020//a.jpg",
        "2020/",
        "./a.jpg",
    ],
)
def test_a_name_that_leads_elsewhere_is_outside(tmp_path: Path, name: str) -> None:
    assert Originals(tmp_path).path(name) == Finding("outside", name)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_out_of_the_folder_is_outside_and_one_within_is_not(tmp_path: Path) -> None:
    inside = written(tmp_path / "photos" / "2020" / "a.jpg", b"x")
    secret = written(tmp_path / "secret" / "b.jpg", b"x")
    (tmp_path / "photos" / "file.jpg").symlink_to(secret)
    (tmp_path / "photos" / "folder").symlink_to(secret.parent)
    (tmp_path / "photos" / "twin.jpg").symlink_to(inside)
    (tmp_path / "photos" / "again").symlink_to("again")
    assert Originals(tmp_path).path("file.jpg") == Finding("outside", "file.jpg")
    assert Originals(tmp_path).path("folder/b.jpg") == Finding("outside", "folder/b.jpg")
    assert isinstance(Originals(tmp_path).path("twin.jpg"), Path)
    loop = Originals(tmp_path).path("again/a.jpg")
    assert isinstance(loop, Path) and examine(loop) is not None


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_the_folder_of_photographs_may_itself_be_a_link(tmp_path: Path) -> None:
    written(tmp_path / "share" / "a.jpg", b"x")
    (tmp_path / "photos").symlink_to(tmp_path / "share")
    assert Originals(tmp_path).path("a.jpg") == (tmp_path / "share" / "a.jpg").resolve()
