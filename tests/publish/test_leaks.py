"""A withheld value is found in every file and in every form it can take; chance is not a leak."""

import gzip
import html
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image, PngImagePlugin

from generator.archive.withheld import Secret
from generator.publish.audit import Looked, audit
from generator.publish.decoding import index_text
from generator.publish.leaks import Leaks
from generator.publish.search import SearchEntry, begin_index, fold, volumes
from tests.sites import SMALL, built, run, write_archive

NAME = Secret("name", "钱守一", "member:qian")
TEXT = Secret("text", "那天夜里他们没有回家", "activity:night")
ID = Secret("id", "2020-03-07-night", "activity:2020-03-07-night")
FILE = Secret("file", "IMG_0307.jpg", "activity:night")
SECRETS = (NAME, TEXT, ID, FILE)
FORMS: dict[str, Callable[[str], str]] = {
    "as it stands": str,
    "decimal entities": lambda text: "".join(f"&#{ord(one)};" for one in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(one):X};" for one in text),
    "in an address": quote,
    "in an address twice": lambda text: quote(quote(text)),
    "in JSON": lambda text: json.dumps({"a": text}),
    "in JSON in an attribute": lambda text: html.escape(json.dumps([text])),
    "parted by elements": lambda text: f"{text[:2]}<b>{text[2:]}</b>",
    "in an attribute": lambda text: f'<a title="{text}">x</a>',
}
WIDE_FORMS: dict[str, Callable[[str], str]] = {
    "spaced": lambda text: " ".join(text),
    "ideographic spaces": lambda text: "\u3000".join(text),
    "broken over lines": lambda text: f"{text[:1]}\n  {text[1:]}",
    "soft hyphens": lambda text: "\u00ad".join(text),
}


def found(folder: Path, *secrets: Secret) -> set[str]:
    """The files in which the audit finds a secret."""
    problems = audit(folder, Leaks(secrets or SECRETS))
    return {one.place.path for one in problems if one.code.id == "AUD005"}


@pytest.mark.parametrize("secret", SECRETS, ids=lambda one: one.kind)
@pytest.mark.parametrize("form", FORMS)
def test_a_value_is_found_in_every_form(tmp_path: Path, secret: Secret, form: str) -> None:
    (tmp_path / "page.txt").write_text(f"前 {FORMS[form](secret.value)} 后", encoding="utf-8")
    assert found(tmp_path, secret) == {"page.txt"}


@pytest.mark.parametrize("secret", [NAME, TEXT], ids=lambda one: one.kind)
@pytest.mark.parametrize("form", WIDE_FORMS)
def test_a_chinese_value_is_found_however_it_is_parted(
    tmp_path: Path, secret: Secret, form: str
) -> None:
    (tmp_path / "a.html").write_text(f"前{WIDE_FORMS[form](secret.value)}后", encoding="utf-8")
    assert found(tmp_path, secret) == {"a.html"}


@pytest.mark.parametrize("written", ["qianshouyi", "qian-shou-yi", "Qian Shouyi", "QIAN_SHOU_YI"])
def test_a_name_is_found_in_pinyin(tmp_path: Path, written: str) -> None:
    (tmp_path / f"{written}.css").write_text("", encoding="utf-8")
    (tmp_path / "b.css").write_text(f"/* {written} */", encoding="utf-8")
    assert found(tmp_path, NAME) == {f"{written}.css", "b.css"}


def packed_in_gzip(text: str) -> bytes:
    return gzip.compress(gzip.compress(text.encode("utf-8")))


def packed_in_zip(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return buffer.getvalue()


def in_a_pdf(text: str) -> bytes:
    shown = f"BT <FEFF{text.encode('utf-16-be').hex()}> Tj ET".encode("ascii")
    return b"%PDF-1.7\n1 0 obj\nstream\n" + zlib.compress(shown) + b"\nendstream\nendobj\n"


def in_a_jpeg_comment(text: str) -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x9C9B] = text.encode("utf-16-le")  # XPTitle
    Image.new("RGB", (8, 8)).save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def in_compressed_png_text(text: str) -> bytes:
    buffer = io.BytesIO()
    chunks = PngImagePlugin.PngInfo()
    chunks.add_itxt("Title", text, zip=True)
    Image.new("RGB", (8, 8)).save(buffer, "PNG", pnginfo=chunks)
    return buffer.getvalue()


def in_webp_xmp(text: str) -> bytes:
    buffer = io.BytesIO()
    xmp = f"<x:xmpmeta><dc:title>{html.escape(text)}</dc:title></x:xmpmeta>".encode()
    Image.new("RGB", (8, 8)).save(buffer, "WEBP", xmp=xmp)
    return buffer.getvalue()


def in_utf_16(text: str) -> bytes:
    return text.encode("utf-16")


@pytest.mark.parametrize("secret", SECRETS, ids=lambda one: one.kind)
@pytest.mark.parametrize(
    "pack",
    [
        packed_in_gzip, packed_in_zip, in_a_pdf, in_a_jpeg_comment, in_compressed_png_text,
        in_webp_xmp, in_utf_16,
    ],
)  # fmt: skip
def test_a_value_is_found_inside_files(
    tmp_path: Path, secret: Secret, pack: Callable[[str], bytes]
) -> None:
    (tmp_path / "held").write_bytes(pack(f"前 {secret.value} 后"))
    assert found(tmp_path, secret) == {"held"}


def test_a_value_is_found_in_the_search_index_though_no_result_shows_it(tmp_path: Path) -> None:
    entries = [SearchEntry("a.html", "day", "一天", text="某事", aliases=("钱守一", "三月"))]
    begin_index([*volumes(entries)], tmp_path / "search").results()
    (volume,) = (path.name for path in (tmp_path / "search").iterdir() if path.is_dir())
    assert f"search/{volume}" in found(tmp_path, NAME)


def test_the_index_of_a_volume_is_put_together_to_what_was_indexed(tmp_path: Path) -> None:
    texts = [f"第{number}天，{'一二三'[number % 3]}人 went out" for number in range(40)]
    begin_index(
        [*volumes(SearchEntry(f"{text}.html", "day", text) for text in texts)], tmp_path
    ).results()
    (volume,) = (path for path in tmp_path.iterdir() if path.is_dir())
    assert index_text(volume).split() == "\n".join(map(fold, texts)).split()


def test_a_pair_of_the_index_is_read_though_the_next_one_says_something_else(
    tmp_path: Path,
) -> None:
    pairs = '[["守","一","B"],["钱","守","A"],["x","y","B"]]'
    write_archive(tmp_path, {"pairs-0.js": f'chronicleSearch.part("0a/pairs-0",{pairs});\n'})
    assert index_text(tmp_path) == "钱守y"


def test_a_volume_that_was_cleared_is_not_searched_again(tmp_path: Path) -> None:
    entries = [SearchEntry("a.html", "day", "一天", aliases=("钱守一",))]
    begin_index([*volumes(entries)], tmp_path / "search").results()
    (volume,) = (path.name for path in (tmp_path / "search").iterdir() if path.is_dir())
    looked = Looked(tmp_path, frozenset({f"search/{volume}"}), searched=True)
    assert audit(tmp_path, Leaks((NAME,)), looked) == ()
    assert audit(tmp_path, Leaks((NAME,)), looked._replace(searched=False)) != ()


# Chance -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        (Secret("name", "li", "member:li"), "click, list"),
        (Secret("name", "Anna", "member:a"), "Hannah, annals"),
        (Secret("id", "night", "activity:night"), "midnight, nightly"),
        (Secret("id", "2020-03-07", "activity:x"), "2020-03-071"),
        (Secret("name", "王", "member:w"), "王府井"),
    ],
)
def test_part_of_a_longer_word_is_no_leak(tmp_path: Path, secret: Secret, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert found(tmp_path, secret) == set()


def test_a_word_of_the_pages_themselves_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("时间线", encoding="utf-8")
    problems = audit(tmp_path, Leaks((Secret("name", "时间线", "member:x"),)))
    assert [(one.code.id, str(one.severity)) for one in problems] == [("AUD006", "warning")]


def test_a_finding_names_the_record_and_never_the_value(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("钱守一", encoding="utf-8")
    (one,) = audit(tmp_path, Leaks((NAME,)))
    assert "钱守一" not in one.message("zh") + one.message("en") + one.hint("zh")
    assert "member:qian" in one.message("en")


# The whole ----------------------------------------------------------------------------------------

LEAKING = {
    **SMALL,
    "records/members/qian.yml": "name: 钱守一\nrole: 组员\nvisibility: internal\n",
    "records/activities/night.yml": "date: 2020-03-07\ntitle: 夜里\ntask: delivery\n"
    "summary: 那天夜里他们没有回家。\nvisibility: internal\n",
}


def test_a_site_with_a_leak_is_not_published_and_one_without_is(tmp_path: Path) -> None:
    root = write_archive(tmp_path, LEAKING)
    site = built(root, audience="public")
    (root / "docs" / "more.md").write_text("# 别的\n\n那天夜里，他们没有回家。\n", encoding="utf-8")
    clean = run("build", "--root", root, "--audience", "public")
    assert clean.exit_code == 0, clean.stderr  # the comma makes it another sentence
    (root / "docs" / "more.md").write_text("# 别的\n\n那天夜里他们没有回家\n", encoding="utf-8")
    leaking = run("build", "--root", root, "--audience", "public")
    assert leaking.exit_code == 1
    assert "AUD005" in leaking.stderr
    assert "没有回家" not in (site / "more.html").read_text(encoding="utf-8").replace(
        "，他们没有回家", ""
    )
    assert run("build", "--root", root, "--audience", "internal").exit_code == 0


def test_a_hand_written_page_names_nobody_who_is_hidden(tmp_path: Path) -> None:
    home = (
        "# 首页\n\n组里有钱守一，{{ member('lisi') }}，还有 {{ member('qian', '钱守一同志') }}。\n"
    )
    shown = "name: 钱守一\nrole: 组员\nname_visibility: internal\n"
    root = write_archive(
        tmp_path, {**LEAKING, "docs/index.md": home, "records/members/qian.yml": shown}
    )
    page = (built(root, audience="public") / "index.html").read_text(encoding="utf-8")
    assert "组里有组员甲，" in page
    assert 'href="members/zuyuan-jia.html">组员甲同志' in page


def test_an_expression_that_names_something_withheld_is_a_problem(tmp_path: Path) -> None:
    home = "# 首页\n\n{{ member('qian') }}\n"
    root = write_archive(tmp_path, {**LEAKING, "docs/index.md": home})
    refused = run("build", "--root", root, "--audience", "public")
    assert refused.exit_code == 1
    assert "EXP001" in refused.stderr
    assert run("build", "--root", root, "--audience", "internal").exit_code == 0


def test_the_command_finds_what_was_put_into_a_finished_site(tmp_path: Path) -> None:
    root = write_archive(tmp_path, LEAKING)
    site = built(root, audience="public")
    assert run("audit", site, "--root", root, "--audience", "public").exit_code == 0
    (site / "data" / "extra.json").write_text(json.dumps(["钱守一"]), encoding="utf-8")
    found = run("audit", site, "--root", root, "--audience", "public")
    assert found.exit_code == 1
    assert "data/extra.json" in found.stderr
    assert run("audit", site, "--root", root, "--audience", "internal").exit_code == 0


def test_what_only_a_withheld_record_refers_to_is_no_secret(tmp_path: Path) -> None:
    night = str(LEAKING["records/activities/night.yml"]) + "sources: [bulletin-of-march]\n"
    bulletin = "title: 三月的通报\nkind: notice\n"
    root = write_archive(
        tmp_path,
        {
            **LEAKING,
            "records/activities/night.yml": night,
            "records/sources/bulletin-of-march.yml": bulletin,
        },
    )
    assert run("build", "--root", root, "--audience", "public").exit_code == 0
