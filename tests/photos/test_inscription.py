"""What an original says about itself is read without decoding, and only when someone said it."""

import io
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from generator.photos.inscription import Inscription, inscription
from generator.photos.metadata import iptc_block, xmp_packet
from generator.photos.plan import Recipe

from .originals import encoded, four_corners, written

WORDS = Recipe(caption="社区门口的物资交接", credit="王芳", rights="© 2020 王芳")
SAID = Inscription("社区门口的物资交接", "王芳", "© 2020 王芳")


def with_exif(tag: int, value: str | bytes) -> bytes:
    exif = Image.Exif()
    exif[tag] = value
    return encoded(four_corners(64, 48), "JPEG", exif=exif)


def read(folder: Path, content: bytes, name: str = "a.jpg") -> Inscription:
    return inscription(written(folder / name, content))


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "TIFF", "HEIF", "PNG"])
def test_xmp_is_read_from_every_kind(form: str, tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    packet = xmp_packet(WORDS)
    options: dict[str, object] = {"xmp": packet}
    if form == "TIFF":
        options = {"tiffinfo": {700: packet}}
    if form == "PNG":
        from PIL.PngImagePlugin import PngInfo

        texts = PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", packet.decode("utf-8"))
        options = {"pnginfo": texts}
    assert read(tmp_path, encoded(four_corners(64, 48), form, **options)) == SAID


def test_iptc_is_read(tmp_path: Path) -> None:
    block = iptc_block(WORDS)
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    assert read(tmp_path, encoded(four_corners(64, 48), "JPEG", extra=segment)) == SAID


def test_exif_is_read_in_the_encodings_that_people_use(tmp_path: Path) -> None:
    for encoding in ("utf-8", "gb18030"):
        content = with_exif(ExifTags.Base.ImageDescription, "社区门口的物资交接".encode(encoding))
        assert read(tmp_path, content).caption == "社区门口的物资交接"
    assert read(tmp_path, with_exif(ExifTags.Base.Artist, "Wang Fang")).credit == "Wang Fang"


def test_what_windows_explorer_wrote_is_read(tmp_path: Path) -> None:
    content = with_exif(ExifTags.Base.XPTitle, "门口".encode("utf-16-le") + b"\0\0")
    assert read(tmp_path, content).caption == "门口"


@pytest.mark.parametrize(
    "phrase",
    ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "SAMSUNG", "cof", "hdr", "rhdr", "oznor", "  ", "1234"],
)
def test_what_a_camera_wrote_by_itself_is_no_caption(phrase: str, tmp_path: Path) -> None:
    assert not read(tmp_path, with_exif(ExifTags.Base.ImageDescription, phrase))


def test_a_packet_that_declares_entities_is_not_read(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + xmp_packet(WORDS)
    assert not read(tmp_path, encoded(four_corners(64, 48), "JPEG", xmp=bomb))


def test_a_file_that_is_none_says_nothing(tmp_path: Path) -> None:
    assert not inscription(tmp_path / "none.jpg")
    for content in (b"", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"\x89PNG\r\n\x1a\n", b"text"):
        assert not read(tmp_path, content)


@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0"]))
def test_no_bytes_raise(content: bytes, start: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        inscription(written(Path(folder, "a.jpg"), start + content))


def test_no_damaged_byte_raises(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "caption"
    block = iptc_block(WORDS)
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    four_corners(16, 16).save(buffer, "JPEG", exif=exif, xmp=xmp_packet(WORDS), extra=segment)
    content = buffer.getvalue()
    for place in range(0, len(content), 7):
        damaged = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        read(tmp_path, damaged)
