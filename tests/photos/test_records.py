"""Photographs as records name them: limits, words of their own, originals handed out, the cache."""

import io
import os
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import ExifTags, Image

from generator.archive.load import Loaded, load
from generator.commands.common import settings_for
from generator.photos.cache import Cache
from generator.photos.plan import Picture
from generator.problems.problem import Problem
from generator.publish.originals import CODES, check_originals, limits_of
from generator.publish.photographs import Darkroom, develop
from generator.settings import settings_of
from tests.sites import CONFIGURATION, SMALL, run, write_archive

from .originals import encoded, four_corners


def archive(folder: Path, photo: str, original: bytes, options: str = "") -> Path:
    """An archive of one photograph, named on the sixth line of its record."""
    files: Mapping[str, str | bytes] = {
        **SMALL,
        "mkdocs.yml": CONFIGURATION.replace("- chronicle\n", f"- chronicle: {{{options}}}\n"),
        "records/activities/pictured.yml": (
            "date: 2020-03-02\ntitle: 一天\ntask: delivery\nphotos:\n"
            f"  - caption: 图注\n    file: a.jpg\n    alt: 画面\n{photo}"
        ),
        "photos/a.jpg": original,
    }
    return write_archive(folder, files)


def loaded(root: Path) -> Loaded:
    return load(root, root / "records")


def found(root: Path, code: str) -> list[Problem]:
    """The problems of that code, where the darkroom is as mkdocs.yml says."""
    read = loaded(root)
    assert read.archive is not None, read.problems
    limits = limits_of(settings_for(root))
    problems = check_originals(read.archive, read.documents, root, limits)
    return [one for one in problems if one.code.id == code]


def pictures(root: Path) -> tuple[dict[str, Picture], tuple[Problem, ...]]:
    read = loaded(root)
    assert read.archive is not None
    settings = settings_for(root)
    darkroom, cache = Darkroom.of(settings), Cache(settings.cache / "photos")
    with darkroom.executor() as pool:
        return develop(
            read.archive, read.documents, root, cache, pool, lambda done, total: None, darkroom
        )


def speaking() -> bytes:
    """An original whose metadata holds a caption and a photographer."""
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "门口的队伍".encode()
    exif[ExifTags.Base.Artist] = "Wang Fang"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "SECRETPLACE"
    return encoded(four_corners(300, 200), "JPEG", exif=exif)


def test_words_of_the_original_are_offered_at_the_records_line(tmp_path: Path) -> None:
    root = archive(tmp_path, "", speaking())
    problems = found(root, "IMG007")
    assert [dict(one.values)["text"] for one in problems] == ["门口的队伍", "Wang Fang"]
    assert {one.severity for one in problems} == {"note"}
    place = problems[0].place
    assert (place.path, place.line) == ("records/activities/pictured.yml", 6)


def test_what_the_record_says_already_is_not_offered(tmp_path: Path) -> None:
    root = archive(tmp_path, "    credit: 王芳\n    background: 门口的队伍很长\n", speaking())
    assert not found(root, "IMG007")


def test_offered_words_are_never_published_by_themselves(tmp_path: Path) -> None:
    root = archive(tmp_path, "", speaking())
    made, _ = pictures(root)
    for name in next(iter(made.values())).names:
        content = Cache(root / ".cache/chronicle/photos").path(name).read_bytes()
        assert b"Wang Fang" not in content and "门口".encode() not in content


def test_every_code_has_its_words_in_both_languages() -> None:
    for code in CODES:
        for words in (code.title, code.message, code.hint, code.why):
            assert words.zh and words.en


@pytest.mark.parametrize(
    ("options", "detail"),
    [("max_megapixels: 0.05", "300x200"), ("max_megabytes: 0.001", "bytes")],
)
def test_limits_are_set_in_mkdocs_yml(options: str, detail: str, tmp_path: Path) -> None:
    root = archive(tmp_path, "", speaking(), options)
    problems = found(root, "IMG001")
    assert len(problems) == 1 and detail in problems[0].message("zh")
    assert not pictures(root)[0]


@pytest.mark.parametrize(
    "options", [{"max_megapixels": 0}, {"max_seconds": "long"}, {"transfer": "post"}]
)
def test_limits_that_are_none_are_refused(options: dict[str, object], tmp_path: Path) -> None:
    settings, problems = settings_of(tmp_path, {"plugins": [{"chronicle": options}]})
    assert settings is None and [one.code.id for one in problems] == ["SET001"]


def test_the_darkroom_is_as_the_settings_say(tmp_path: Path) -> None:
    options = {"max_seconds": "7", "publish_originals": "true", "transfer": "bytes"}
    settings, _ = settings_of(tmp_path, {"plugins": [{"chronicle": options}]})
    assert settings is not None
    darkroom = Darkroom.of(settings)
    assert darkroom.limits.seconds == 7 and darkroom.hand_out and darkroom.transfer == "bytes"


def test_originals_are_handed_out_without_their_location_when_asked(tmp_path: Path) -> None:
    root = archive(tmp_path, "", speaking(), "publish_originals: true")
    picture = next(iter(pictures(root)[0].values()))
    assert picture.original is not None and picture.original in picture.names
    content = Cache(root / ".cache/chronicle/photos").path(picture.original).read_bytes()
    assert b"SECRET" not in content
    before, after = Image.open(io.BytesIO(speaking())), Image.open(io.BytesIO(content))
    assert before.tobytes() == after.tobytes()


def test_the_original_of_a_redacted_photograph_is_never_handed_out(tmp_path: Path) -> None:
    photo = "    redact: [[0, 0, 0.5, 0.5]]\n"
    root = archive(tmp_path, photo, speaking(), "publish_originals: true")
    assert next(iter(pictures(root)[0].values())).original is None


def test_originals_stay_at_home_unless_asked_for(tmp_path: Path) -> None:
    assert next(iter(pictures(archive(tmp_path, "", speaking()))[0].values())).original is None


def test_the_cache_tells_its_size(tmp_path: Path) -> None:
    root = archive(tmp_path, "", speaking())
    assert "0 张照片" in run("cache", "size", "--root", root).stdout
    pictures(root)
    assert "1 张照片" in run("cache", "size", "--root", root).stdout


def test_pruning_keeps_what_records_ask_for(tmp_path: Path) -> None:
    root = archive(tmp_path, "", speaking())
    pictures(root)
    record = root / "records/activities/pictured.yml"
    record.write_text(
        record.read_text(encoding="utf-8").replace("图注", "另一条图注"), encoding="utf-8"
    )
    made, _ = pictures(root)
    cache = Cache(root / ".cache/chronicle/photos")
    assert cache.content().pictures == 2
    long_ago = time.time() - 7200
    for path in cache.root.glob("??/*"):
        os.utime(path, (long_ago, long_ago))
    result = run("cache", "prune", "--root", root)
    assert result.exit_code == 0 and cache.content().pictures == 1
    assert cache.get(next(iter(made.values())).key, verify=True) is not None
    assert run("cache", "prune", "--all", "--root", root).exit_code == 0
    assert cache.content().files == 0


def test_nothing_is_pruned_while_records_are_wrong(tmp_path: Path) -> None:
    root = archive(tmp_path, "", speaking())
    pictures(root)
    (root / "records/activities/wrong.yml").write_text("title: [", encoding="utf-8")
    cache = Cache(root / ".cache/chronicle/photos")
    for path in cache.root.glob("??/*"):
        os.utime(path, (0, 0))
    assert run("cache", "prune", "--root", root).exit_code == 1
    assert cache.content().pictures == 1
