"""What need not be made is put into a new site, and nothing into the old one."""

import os
from pathlib import Path

import pytest

from generator.publish import taken_over
from generator.publish.printed import Before, Print, Printed, marks_of
from generator.publish.taken_over import clear, copies, lay_out, site_before

KEYS = {"days": "1", "stories": "2", "photos": "3"}


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """The folder of a new site."""
    (tmp_path / "new").mkdir()
    return tmp_path / "new"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of a site with two pages, a story and a picture."""
    folder = tmp_path / "old"
    for url in ("days/a.html", "days/b.html", "s.html", "p.webp"):
        (folder / url).parent.mkdir(parents=True, exist_ok=True)
        (folder / url).write_text(f"old {url}", encoding="utf-8")
    return folder


@pytest.fixture
def printed(old: Path) -> Printed:
    names = {"days": ["days/a.html", "days/b.html"], "stories": ["s.html"], "photos": ["p.webp"]}
    prints = {
        sheet: [Print(url, marks_of(str(old / url))) for url in urls]
        for sheet, urls in names.items()
    }
    return Printed(KEYS, prints)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {one.relative_to(folder).as_posix(): one.read_text(encoding="utf-8") for one in files}


def begun(old: Path, printed: Printed, new: Path) -> Before:
    return site_before(old, printed, lay_out(old, printed, new))


def test_files_of_the_site_before_are_in_the_new_one_too(
    old: Path, printed: Printed, new: Path
) -> None:
    before = begun(old, printed, new)
    assert before.all_kept(KEYS) == printed.prints
    assert contents(new) == contents(old)
    assert all((new / name).samefile(old / name) for name in contents(old))


def test_what_was_made_of_other_things_is_not_kept_and_can_be_taken_away(
    old: Path, printed: Printed, new: Path
) -> None:
    before = begun(old, printed, new)
    assert before.all_kept({**KEYS, "stories": "other"}).keys() == {"days", "photos"}
    clear(before, new, ["stories", "never there"])
    assert contents(new).keys() == {"days/a.html", "days/b.html", "p.webp"}
    assert contents(old)["s.html"] == "old s.html"


def test_of_a_sheet_that_somebody_touched_nothing_is_there(
    old: Path, printed: Printed, new: Path
) -> None:
    (old / "days/b.html").write_text("somebody was here", encoding="utf-8")
    (old / "p.webp").unlink()
    assert begun(old, printed, new).all_kept(KEYS).keys() == {"stories"}
    assert contents(new) == {"s.html": "old s.html"}


def test_of_a_folder_all_of_whose_sheets_were_touched_nothing_is_left(
    old: Path, printed: Printed, new: Path
) -> None:
    (new / "days").mkdir()
    os.link(old / "days/a.html", new / "days/a.html")  # as in a spare folder
    (old / "days/b.html").write_text("somebody was here", encoding="utf-8")
    assert begun(old, printed, new).all_kept(KEYS).keys() == {"stories", "photos"}
    assert not (new / "days").exists()


def test_where_a_disk_has_no_links_there_are_copies(
    old: Path, printed: Printed, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*names: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    kept = begun(old, printed, new).all_kept(KEYS)
    assert contents(new) == contents(old)
    for prints in kept.values():
        assert [one.marks for one in prints] == [marks_of(str(new / one.url)) for one in prints]


def test_what_is_laid_out_twice_is_still_there_and_the_old_site_unharmed(
    old: Path, printed: Printed, new: Path
) -> None:
    """As when a copy of the process ends early, and the work is done again."""
    whole = contents(old)
    lay_out(old, printed, new)
    assert begun(old, printed, new).all_kept(KEYS).keys() == KEYS.keys()
    assert contents(new) == contents(old) == whole


@pytest.mark.parametrize("at_once", [1, 1000])
def test_a_copy_comes_from_its_place_and_never_goes_into_the_old_site(
    old: Path, new: Path, tmp_path: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taken_over, "_AT_ONCE", at_once)
    (tmp_path / "place").write_text("from the cache", encoding="utf-8")
    os.link(old / "p.webp", new / "p.webp")  # as it was laid out

    def places(name: str) -> list[tuple[str, str]]:
        return [(f"{name}.webp", str(tmp_path / "place"))]

    parts = [part() for part in copies({"p", "q"}, new, places)]
    assert len(parts) == (2 if at_once == 1 else 1)
    assert contents(new) == {"p.webp": "from the cache", "q.webp": "from the cache"}
    assert (old / "p.webp").read_text(encoding="utf-8") == "old p.webp"
    prints = {name: own for part in parts for name, own in part.items()}
    assert prints["p"] == [Print("p.webp", marks_of(str(new / "p.webp")))]
