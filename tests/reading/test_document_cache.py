"""Remembered documents: the same as parsed ones, or none."""

from pathlib import Path

import pytest

from generator.reading.document_cache import DocumentCache
from generator.reading.documents import Document, parse

NAME = "records/activities/2020-03-04-visit.yml"
TEXT = "title: 走访\nmembers: &m [李辉]\nreported_by: *m\nplace:\n"


def parsed(text: str) -> Document:
    document, _ = parse(text, NAME)
    assert document is not None
    return document


def remembering(path: Path, *texts: str) -> DocumentCache:
    cache = DocumentCache(path)
    for text in texts:
        cache.put(parsed(text))
    cache.save()
    return DocumentCache(path)


def test_what_was_parsed_is_remembered_to_the_letter(tmp_path: Path) -> None:
    cache = remembering(tmp_path / "records.json", TEXT)
    assert cache.get(TEXT, NAME) == parsed(TEXT)
    assert cache.get(TEXT, "records/moved.yml") == Document(
        "records/moved.yml", TEXT, parsed(TEXT).values
    )


def test_a_text_that_differs_in_one_character_is_not_known(tmp_path: Path) -> None:
    assert remembering(tmp_path / "records.json", TEXT).get(TEXT + " ", NAME) is None


def test_only_what_the_last_run_used_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    cache = remembering(path, TEXT, "a: 1\n")
    cache.get(TEXT, NAME)
    cache.save()
    assert DocumentCache(path).get(TEXT, NAME) is not None
    assert DocumentCache(path).get("a: 1\n", NAME) is None


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "rubbish", "folder"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "records.json"
    remembering(path, TEXT)
    content = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    else:
        damaged = {
            "cut": content[:-5],
            "changed": content.replace("走访".encode(), "巡查".encode()),
            "empty": b"",
            "rubbish": b"\xff\x00{",
        }
        path.write_bytes(damaged[damage])
    cache = DocumentCache(path)
    assert cache.get(TEXT, NAME) is None
    cache.put(parsed(TEXT))
    cache.save()


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    remembering(tmp_path / "a.json", TEXT, "a: 1\n")
    remembering(tmp_path / "b.json", TEXT, "a: 1\n")
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
