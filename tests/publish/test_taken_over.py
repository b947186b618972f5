"""What need not be made is put into a new site, and nothing into the old one."""

import os
from pathlib import Path

import pytest

from generator.publish import taken_over
from generator.publish.printed import Before, DoubleAddressError, Print, Printed, marks_of
from generator.publish.taken_over import TakenOver

KEYS = {"days": "1", "stories": "2", "photos": "3"}


@pytest.fixture(params=[1, 1000])
def new(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a new site; the work is done in so large parts."""
    monkeypatch.setattr(taken_over, "_AT_ONCE", request.param)
    (tmp_path / "new").mkdir()
    return tmp_path / "new"


@pytest.fixture
def before(tmp_path: Path) -> Before:
    folder = tmp_path / "old"
    names = {"days": ["days/a.html", "days/b.html"], "stories": ["s.html"], "photos": ["p.webp"]}
    prints = {}
    for sheet, urls in names.items():
        for url in urls:
            (folder / url).parent.mkdir(parents=True, exist_ok=True)
            (folder / url).write_text(f"old {url}", encoding="utf-8")
        prints[sheet] = [Print(url, marks_of(str(folder / url))) for url in urls]
    return Before(folder, Printed(KEYS, prints))


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {one.relative_to(folder).as_posix(): one.read_text(encoding="utf-8") for one in files}


def test_files_of_the_site_before_are_in_the_new_one_too(before: Before, new: Path) -> None:
    prints, kept = TakenOver(before, KEYS, new).here()
    assert prints == before.printed.prints
    assert kept == KEYS.keys()
    assert contents(new) == contents(before.folder)


def test_what_was_made_of_other_things_or_touched_is_not_there(before: Before, new: Path) -> None:
    (before.folder / "days/b.html").write_text("somebody was here", encoding="utf-8")
    prints, kept = TakenOver(before, {**KEYS, "stories": "other"}, new).here()
    assert prints.keys() == kept == {"photos"}
    assert contents(new) == {"p.webp": "old p.webp"}


def test_a_copy_comes_from_its_place_and_never_goes_into_the_old_site(
    before: Before, new: Path, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    place.write_text("from the cache", encoding="utf-8")
    os.link(before.folder / "p.webp", new / "p.webp")  # as a build that was broken off leaves it

    def places(name: str) -> list[tuple[str, str]]:
        return [("p.webp", str(place))] if name == "photos" else []

    prints, kept = TakenOver(before, {"photos": "other", "stories": "2"}, new, places).here()
    assert kept == {"stories"}
    assert contents(new) == {"p.webp": "from the cache", "s.html": "old s.html"}
    assert (before.folder / "p.webp").read_text(encoding="utf-8") == "old p.webp"
    assert prints["photos"] == [Print("p.webp", marks_of(str(new / "p.webp")))]


def test_two_outputs_for_one_address_are_a_fault(before: Before, new: Path) -> None:
    (new / "s.html").write_text("another", encoding="utf-8")
    with pytest.raises(DoubleAddressError, match=r"s\.html"):
        TakenOver(before, KEYS, new).here()
