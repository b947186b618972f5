"""A build after a change: the very bytes of a clean one, and only what changed is made."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.charts import rows
from generator.commands.common import settings_for
from generator.pages import dependencies
from generator.pages.data import tables
from generator.pages.edition import Edition
from generator.pages.gallery import shelves
from generator.pages.members import page as members
from generator.pages.statistics import sections
from generator.photos.cache import Cache
from generator.pipeline import prepare
from generator.publish import making, printing
from generator.publish.audit import Looked
from generator.publish.frames import SHELLS, cut, marks
from generator.publish.printed import Before, Print, Printed, read_printed, save_printed
from generator.publish.rendered import Rendered, WrittenPage
from generator.publish.renewal import OUTSIDE, SHARED, WHOLE
from generator.publish.search import SearchEntry
from generator.publish.site import Site, Writing, write_site
from generator.publish.spare import bring, put_by
from generator.publish.taken_over import lay_out, site_before
from generator.reading.memory import FOLDER, Memory
from tests.sites import ROOT, SMALL, Files, build, built, different, picture, tree, write_archive

ENTRY = ("activities", "2020-03-02", "甲事")
FRAME = cut("<html>" + "".join(marks().values()) + "</html>")
RENDERED = Rendered(dict.fromkeys(SHELLS, FRAME), (WrittenPage("index.html", "首页", "一段话"),))
NOTHING = Printed()
KINDS = ("activities", "donations", "stories")
UNITS = {"甲事": "kg", "乙事": "jin"}
DATES = (
    "2020-03-02",
    "2020-03-04",
    "2020-03-05~",
    "2020-03-XX",
    "2020-03-03/2020-03-05",
    "2020-02",
    "2019-12-30",
    "2019-12-31/2020-01-02",
    "2021-01-02",
)
STARTING: Files = {**SMALL, "photos/one.jpg": picture(), "photos/two.jpg": picture((20, 60, 90))}


def record(kind: str, date: str, title: str, visibility: str, photo: str) -> str:
    """A record of a kind; one that the public may not see is in no page of this test."""
    shared = f'date: "{date}"\nvisibility: {visibility}\n'
    if photo:
        shared += f"photos: [{{file: {photo}.jpg, caption: 图{title}, alt: 图, people: [lisi]}}]\n"
    return (
        shared
        + {
            "activities": f"title: {title}\ntask: delivery\nmembers: [zhangsan, lisi]\n"
            "figures: [{measure: weight, value: 5}]\n",
            "donations": f"occasion: {title}\ndonor: {{name: 某人, kind: individual}}\n"
            f"items: [{{item: 冬瓜, quantity: 3, unit: {UNITS.get(title, 'parcel')}}}]\n"
            "distributions: [{to: 各家, item: 冬瓜, quantity: 1, date: 2020-12-31}]\n",
            "stories": f"title: {title}\nteller: {{}}\ntext: 一句话。\n"
            "consent: {status: not_needed, audience: public}\n",
        }[kind]
    )


class Edit(NamedTuple):
    """What becomes of a file: new content, another name or text, or nothing when it is deleted."""

    path: str
    content: str | None
    renamed: str = ""
    text: str = ""


NAMES = st.sampled_from(("first-day", "parcels", "melons", "thumbs-up", "new-one", "new-two"))
CONTENT = st.tuples(
    st.sampled_from(DATES),
    st.sampled_from(("甲事", "乙事")),
    st.sampled_from(("public", "internal")),
    st.sampled_from(("", "", "one", "two")),
)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    kind, name = draw(st.sampled_from(KINDS)), draw(NAMES)
    path = f"records/{kind}/{name}.yml"
    done = draw(
        st.sampled_from(("write", "write", "delete", "rename", "member", "archive", "text"))
    )
    if done == "text":
        return Edit(path, None, text=draw(CONTENT)[1])
    if done == "member":
        return Edit("records/members/lisi.yml", f"name: 李{draw(CONTENT)[1]}\nrole: 组员\n")
    if done == "archive":
        changed = STARTING["records/archive.yml"]
        assert isinstance(changed, str)
        return Edit("records/archive.yml", changed.replace("物资运送", draw(CONTENT)[1]))
    if done == "delete":
        return Edit(path, None)
    other = f"records/{kind}/{draw(NAMES)}.yml" if done == "rename" else ""
    return Edit(path, record(kind, *draw(CONTENT)), other)


def mended(record: str, text: str) -> str:
    """A record that says something else, and of the same amounts."""
    return re.sub(
        r"(?m)^(title|occasion|summary): .*$|(?<=text: )[^}\n]*", partial(_said, text), record
    )


def _said(text: str, match: re.Match[str]) -> str:
    return f"{match[1]}: {text}" if match[1] else text


def apply(root: Path, edit: Edit) -> None:
    path = root / edit.path
    if edit.renamed and path.is_file():
        path.rename(root / edit.renamed)
    elif edit.text:
        if path.is_file():
            path.write_text(mended(path.read_text(encoding="utf-8"), edit.text), encoding="utf-8")
    elif edit.content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(edit.content, encoding="utf-8")


def edition_of(root: Path) -> Edition | None:
    found = prepare(settings_for(root, audience="public", jobs=1), lambda done, total: None)
    return found if isinstance(found, Edition) else None


def write(
    seen: Edition, root: Path, folder: Path, old: Path | None = None, printed: Printed = NOTHING
) -> Site:
    return written(seen, root, folder, old, printed).finish()


def written(
    seen: Edition, root: Path, folder: Path, old: Path | None = None, printed: Printed = NOTHING
) -> Writing:
    cache = Cache(root / ".cache" / "chronicle" / "photos")
    before = laid_out(old, printed, folder) if old is not None else None
    writing = Writing(seen, lambda: RENDERED, cache, folder, before)
    writing.index_written()
    return writing


def looked_at(writing: Writing) -> Looked:
    looked = writing.looked_at(frozenset())
    assert looked is not None
    return looked


def laid_out(old: Path, printed: Printed, new: Path) -> Before:
    """A new site that begins as the old one, in the folder of the one before that."""
    new.mkdir()
    bring(new.parent / "spare", new)
    return site_before(old, printed, lay_out(old, printed, new))


@contextmanager
def archive() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield write_archive(Path(folder) / "archive", STARTING)


@given(st.lists(edits(), min_size=1, max_size=4), st.booleans())
@settings(max_examples=20)
def test_after_any_edits_the_site_is_that_of_a_clean_build(changes: list[Edit], many: bool) -> None:
    with archive() as root, pytest.MonkeyPatch.context() as patch:
        if many:  # as of so many records that a copy of the process begins with figures
            patch.setattr(making, "_WORTH_A_PROCESS", 0)
        patch.setattr(tables, "MOST_IN_ONE", 2)  # so that some files are divided by year
        patch.setattr(sections, "_LISTED", (1,))  # and few records named beside figures
        patch.setattr(rows, "_MOST_PIECES", 1)
        patch.setattr(shelves, "PER_PAGE", 1)  # and shelves have several pages
        for module in (dependencies, members):
            patch.setattr(module, "MOST_LISTED", 1)
        seen = edition_of(root)
        assert seen is not None
        old = root.parent / "site-0"
        site = write(seen, root, old)
        for number, change in enumerate(changes, start=1):
            apply(root, change)
            seen = edition_of(root)
            if seen is None:  # two files of one id, or a reference into nothing
                continue
            new, clean = root.parent / f"site-{number}", root.parent / f"clean-{number}"
            site = write(seen, root, new, old, site.printed)
            write(seen, root, clean)
            assert different(tree(new), tree(clean)) == []
            put_by(old, chain.from_iterable(site.printed.prints.values()), root.parent / "spare")
            old = new


def made_by(edit: Edit, also: Mapping[str, str] | None = None) -> set[str]:
    """Everything that is made again after an edit of the starting archive."""
    with archive() as root:
        write_archive(root, also or {})
        seen = edition_of(root)
        assert seen is not None
        old = root.parent / "old"
        printed = write(seen, root, old).printed
        apply(root, edit)
        seen = edition_of(root)
        assert seen is not None
        return {*write(seen, root, root.parent / "new", old, printed).made}


def pages_of(made: set[str]) -> set[str]:
    """The pages, forms aside."""
    return {url for url in made if url.endswith(".html") and not url.startswith("contribute/")}


WHOLE_PAGES = {
    "timeline/index.html", "members/index.html", "members/zhangsan.html", "members/lisi.html",
    "statistics/index.html", "statistics/reconciliation.html", "statistics/coverage.html",
    "data/index.html",
}  # fmt: skip
FIGURES = {"statistics.json", "statistics.csv", "series.json", "statistics.schema.json"}
EDITED = "records/activities/parcels.yml"


def renamed() -> Edit:
    """An entry with another title."""
    text = STARTING[EDITED]
    assert isinstance(text, str)
    return Edit(EDITED, text.replace("分发物资", "分发冬瓜"))


def test_nothing_is_made_when_nothing_has_changed() -> None:
    same = STARTING["records/members/lisi.yml"]
    assert isinstance(same, str)
    assert made_by(Edit("records/members/lisi.yml", same)) == set()


def test_an_edited_entry_renews_its_day_its_month_and_the_pages_about_everything() -> None:
    made = made_by(renamed())
    assert pages_of(made) == WHOLE_PAGES | {"days/2020-03-04.html", "timeline/2020-03.html"}
    assert not any(url.startswith("contribute/") for url in made)


def test_a_mended_title_renews_figures_only_if_it_stands_beside_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sections, "_LISTED", (1,))
    monkeypatch.setattr(rows, "_MOST_PIECES", 1)
    before = record("activities", "2020-03-04", "早些", "public", "")
    also = {"records/activities/earlier.yml": before}  # of all that day's figures the first

    def renewed(path: str) -> set[str]:
        made = made_by(Edit(path, None, text="改了"), also)
        assert "timeline/2020-03.html" in made
        return {
            url for url in made if url.startswith(("statistics/", "data/charts/", "data/index"))
        }

    assert renewed(EDITED) == set()
    assert renewed("records/activities/first-day.yml") >= {
        "statistics/index.html", "statistics/reconciliation.html", "data/charts/work.vl.json",
        "data/index.html",
    }  # fmt: skip


def data_of(made: set[str]) -> set[str]:
    """The names of data files, those of charts aside."""
    names = (url.removeprefix("data/") for url in made if url.startswith("data/"))
    return {name for name in names if "/" not in name}


OWN_DATA = {
    "activities.csv", "activities.json", "figures.csv", "figures.json", "archive.jsonld",
    "index.html",
}  # fmt: skip


def test_a_mended_text_renews_the_data_of_its_kind() -> None:
    assert data_of(made_by(renamed())) == OWN_DATA


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("8000多", "9000多"),
        ("members: all", "members: [lisi]"),
        ("2020-03-04", "2020-03-05"),
        ("task: delivery", "task: disinfection"),
    ],
)
def test_another_amount_member_day_or_task_renews_the_figures_too(old: str, new: str) -> None:
    edit = Edit(EDITED, str(STARTING[EDITED]).replace(old, new))
    assert data_of(made_by(edit)) == OWN_DATA | FIGURES


def test_a_mended_text_renews_the_members_pages_only_if_they_show_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (dependencies, members):
        monkeypatch.setattr(module, "MOST_LISTED", 1)
    first = Edit("records/activities/first-day.yml", None, text="又一天")
    later = {
        "records/activities/later.yml": record("activities", "2020-03-09", "后来", "public", "")
    }
    assert "members/lisi.html" in made_by(first, later)
    unseen = Edit("records/activities/later.yml", None, text="后来的事")
    assert "members/lisi.html" not in made_by(unseen, later)


def test_of_data_divided_by_year_only_the_edited_year_is_renewed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tables, "MOST_IN_ONE", 1)
    earlier = record("activities", "2018-05-05", "早先的事", "public", "")
    made = made_by(renamed(), {"records/activities/earlier.yml": earlier})
    assert "data/activities-2020.csv" in made
    assert not any("2018" in url or "series" in url for url in made)


def test_another_amount_renews_the_figures_of_its_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_IN_ONE", 1)
    earlier = record("activities", "2018-05-05", "早先的事", "public", "")
    edit = Edit(EDITED, str(STARTING[EDITED]).replace("8000多", "9000多"))
    made = made_by(edit, {"records/activities/earlier.yml": earlier})
    assert {"data/activities-2020.csv", "data/series-2020.json"} <= made
    assert not any("2018" in url for url in made)


SEVERAL_UNITS = {
    "records/donations/rice.yml": """\
date: 2018-05-05
donor: {name: 某人, kind: individual}
items: [{item: 米, quantity: 9, unit: kg}]
distributions: [{to: 各家, item: 米}]
occasion: 送米
""",
    "records/donations/oil.yml": """\
date: 2018-05-06
donor: {name: 某人, kind: individual}
items: [{item: 油, quantity: 1, unit: parcel}]
occasion: 送油
""",
    "records/donations/more-rice.yml": """\
date: 2020-03-05
donor: {name: 某人, kind: individual}
items: [{item: 油, quantity: 1, unit: parcel}, {item: 米, quantity: 9, unit: jin}]
distributions: [{to: 各家, item: 米, quantity: 4}]
occasion: 又送米
""",
}


@pytest.mark.parametrize(
    ("old", "new"),
    [("{to: 各家, item: 米}", "{to: 各家, item: 米, quantity: 3}"), ("2018-05-05", "2018-05-07")],
)
def test_what_another_year_decides_of_a_figure_is_as_in_a_clean_build(
    old: str, new: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In which unit a thing is counted, and which thing comes first."""
    monkeypatch.setattr(tables, "MOST_IN_ONE", 1)
    path = "records/donations/rice.yml"
    edit = Edit(path, SEVERAL_UNITS[path].replace(old, new))
    is_as_clean(SEVERAL_UNITS, lambda root: apply(root, edit))


def test_a_new_portrait_of_a_member_without_a_name_is_on_the_page_of_gaps() -> None:
    portrait = "role: 组员\nportrait: {file: w.jpg, caption: 像, alt: 像}\n"
    files: Files = {"records/members/unnamed.yml": portrait, "photos/w.jpg": picture()}
    is_as_clean(files, lambda root: put(root / "photos/w.jpg", picture((1, 200, 3))))


def put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def is_as_clean(files: Files, change: Callable[[Path], None]) -> None:
    """A build after a change against one of the same records into another folder."""
    with archive() as root:
        seen = edition_of(write_archive(root, files))
        assert seen is not None
        printed = write(seen, root, root.parent / "old").printed
        change(root)
        seen = edition_of(root)
        assert seen is not None
        write(seen, root, root.parent / "new", root.parent / "old", printed)
        write(seen, root, root.parent / "clean")
        assert different(tree(root.parent / "new"), tree(root.parent / "clean")) == []


IN_TURN = """
import sys
from pathlib import Path
from generator.commands.common import settings_for
from generator.publish import making
from generator.reading.second_process import a_copy_helps
from tests.sites import build

making._WORTH_A_PROCESS = 0
root, site, making._MOST_AT_ONCE = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
begin, was_busy = making.Making._make, []
def noted(self, lacking):
    was_busy.append(self._ahead.busy)
    return begin(self, lacking)
making.Making._make = noted
assert a_copy_helps()
outcome = build(settings_for(root), site)
assert outcome.succeeded, outcome.problems
assert making._MOST_AT_ONCE or was_busy == [False]
print(*outcome.made, sep="\\n")
"""


@pytest.mark.usefixtures("copies")
@pytest.mark.parametrize(
    ("change", "most_at_once"), [("分发冬瓜", 20_000), ("9000多", 20_000), ("9000多", 0)]
)
def test_figures_made_aside_are_those_of_a_clean_build(
    tmp_path: Path, change: str, most_at_once: int
) -> None:
    """Each build in a process of its own, as by command: one that has drawn cannot be copied.

    Of a very large archive nothing else is made before the figures.
    """
    root = write_archive(tmp_path / "archive", STARTING)

    def run(site: Path) -> set[str]:
        command = [sys.executable, "-c", IN_TURN, str(root), str(site), str(most_at_once)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr
        return {*done.stdout.split()}

    run(tmp_path / "site")
    old = {"分发冬瓜": "分发物资", "9000多": "8000多"}[change]
    (root / EDITED).write_text(str(STARTING[EDITED]).replace(old, change), encoding="utf-8")
    made = run(tmp_path / "site")
    assert "statistics/index.html" in made and "days/2020-03-02.html" not in made
    assert ("data/statistics.json" in made) == (change == "9000多")
    run(tmp_path / "clean")
    assert different(tree(tmp_path / "site"), tree(tmp_path / "clean")) == []


def test_another_unit_renews_the_figures_of_every_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_IN_ONE", 1)
    earlier = record("donations", "2018-05-05", "乙事", "public", "")
    later = record("donations", "2020-05-05", "甲事", "public", "")
    made = made_by(
        Edit("records/donations/later.yml", later), {"records/donations/earlier.yml": earlier}
    )
    assert {"data/series-2018.json", "data/series-2020.json", "data/donations-2020.json"} <= made
    assert "data/donations-2018.json" not in made


def test_a_new_day_renews_the_days_beside_it_and_those_that_count_it() -> None:
    entry = record("activities", "2020-03-03", "新的一天", "public", "")
    made = made_by(Edit("records/activities/new.yml", entry))
    assert pages_of(made) - WHOLE_PAGES == {
        "days/2020-03-02.html", "days/2020-03-03.html", "days/2020-03-04.html",
        "timeline/2020-03.html",
    }  # fmt: skip
    assert "contribute/index.html" in made  # its id is taken now


def test_an_entry_with_photographs_renews_their_shelves_and_no_others() -> None:
    entry = record("activities", "2020-03-02", "甲事", "public", "one")
    other = record("activities", "2020-02", "乙事", "public", "two").replace("[lisi]", "[zhangsan]")
    also = {"records/activities/new-one.yml": entry, "records/activities/new-two.yml": other}
    edit = Edit("records/activities/new-one.yml", entry.replace("甲事", "丙事"))
    made = {url for url in made_by(edit, also) if url.startswith(("gallery/", "photos/"))}
    assert {url for url in made if url.startswith("gallery/")} == {
        "gallery/index.html", "gallery/2020-03.html", "gallery/task-delivery.html",
        "gallery/person-lisi.html",
    }  # fmt: skip
    unillustrated = Edit(EDITED, str(STARTING[EDITED]).replace("分发物资", "分发冬瓜"))
    assert not any(url.startswith("gallery/") for url in made_by(unillustrated, also))


def test_a_members_new_name_renews_every_page() -> None:
    made = made_by(Edit("records/members/lisi.yml", "name: 李五\nrole: 组员\nbatch: first\n"))
    assert {"days/2020-03-02.html", "donations/melons.html", "stories/thumbs-up.html"} <= made


def test_several_processes_write_what_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive() as root:
        seen = edition_of(root)
        assert seen is not None
        alone = write(seen, root, tmp_path / "alone")
        monkeypatch.setattr(printing, "_WORTH_A_PROCESS", 1)
        monkeypatch.setattr(printing, "_AT_ONCE", 2)
        cache = Cache(root / ".cache" / "chronicle" / "photos")
        several = write_site(seen, RENDERED, cache, tmp_path / "several", jobs=2)
        assert several.printed.keys == alone.printed.keys
        assert without_marks(several) == without_marks(alone)
        assert different(tree(tmp_path / "several"), tree(tmp_path / "alone")) == []


def without_marks(site: Site) -> list[Print]:
    """What was printed, wherever it lies on the disk."""
    files = (one for own in site.printed.prints.values() for one in own)
    return [one._replace(marks=(0, 0, 0)) for one in files]


@pytest.mark.parametrize("damage", ["gone", "cut", "changed", "site"])
def test_whatever_is_damaged_is_made_again(tmp_path: Path, damage: str) -> None:
    root = write_archive(tmp_path, SMALL)
    chosen = settings_for(root)
    assert build(chosen, chosen.site).succeeded
    whole = tree(chosen.site)
    memory = next((chosen.cache / FOLDER).glob("printed-*"))
    page = chosen.site / "days" / "2020-03-04.html"
    if damage == "gone":
        memory.unlink()
    elif damage == "cut":
        memory.write_bytes(memory.read_bytes()[:-9])
    elif damage == "changed":
        memory.write_bytes(memory.read_bytes().replace(b"2020", b"2021", 1))
    else:
        page.write_text("<p>别的</p>", encoding="utf-8")
    outcome = build(chosen, chosen.site)
    assert different(tree(chosen.site), whole) == []
    assert outcome.made == (("days/2020-03-04.html",) if damage == "site" else outcome.made)
    assert outcome.made


def test_a_page_put_in_the_place_of_another_of_the_same_length_is_not_taken_over(
    tmp_path: Path,
) -> None:
    root = write_archive(tmp_path, SMALL)
    chosen = settings_for(root)
    whole = tree(built(root))
    page = chosen.site / "days" / "2020-03-04.html"
    status = page.stat()
    other = tmp_path / "other.html"  # beside it: the number of a removed file may be given again
    other.write_bytes(page.read_bytes().swapcase())
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(page)
    assert different(tree(built(root)), whole) == []


def test_what_was_printed_is_remembered_to_the_letter(tmp_path: Path) -> None:
    entry = SearchEntry("a.html", "day", "题", "三月", "文", "", ("甲", "乙"))
    prints = {"a": [Print("a.html", (1, 2, 3), True, False, entry)], "b": []}
    printed = Printed({"a": "1", "b": "2"}, prints, RENDERED)
    memory = Memory(tmp_path)
    save_printed(memory, "printed", printed)
    assert read_printed(memory, "printed", tmp_path) == printed
    assert read_printed(memory, "other", tmp_path) == Printed()
    assert read_printed(memory, "printed", tmp_path / "gone") == Printed()


def test_what_another_machine_printed_is_not_believed(tmp_path: Path) -> None:
    save_printed(Memory(tmp_path, b"theirs"), "printed", Printed({"a": "1"}))
    assert read_printed(Memory(tmp_path, b"ours"), "printed", tmp_path) == Printed()


def test_every_field_of_an_edition_has_its_part_in_what_depends_on_it() -> None:
    assert sorted((*SHARED, *WHOLE, *OUTSIDE)) == sorted(one.name for one in fields(Edition))


def test_what_was_searched_for_the_same_secrets_is_not_searched_again() -> None:
    with archive() as root:
        hidden = record("stories", "2020-03-04", "不给看的故事", "internal", "")
        write_archive(root, {"records/stories/hidden.yml": hidden})
        seen = edition_of(root)
        assert seen is not None and seen.secrets
        old = root.parent / "old"
        first = written(seen, root, old)
        assert first.looked_at(frozenset()) is None
        printed = first.finish().printed
        again = looked_at(written(seen, root, root.parent / "again", old, printed))
        assert again.searched and "days/2020-03-04.html" in again.kept
        assert [one for one in again.kept if one.startswith("search/")] != []
        other = replace(seen, secrets=seen.secrets[1:])
        assert not looked_at(written(other, root, root.parent / "anew", old, printed)).searched


def test_what_is_made_anew_to_the_same_bytes_is_not_written(tmp_path: Path) -> None:
    with archive() as root:
        seen = edition_of(root)
        assert seen is not None
        first = write(seen, root, tmp_path / "one")
        apply(root, Edit("records/activities/first-day.yml", record(*ENTRY, "public", "")))
        seen = edition_of(root)
        assert seen is not None
        (tmp_path / "one" / "members" / "lisi.html").write_bytes(b"touched")
        writing = written(seen, root, tmp_path / "two", tmp_path / "one", first.printed)
        made, kept = writing.finish().made, looked_at(writing).kept
        same = {url for url in made if (tmp_path / "two" / url).samefile(tmp_path / "one" / url)}
        assert "data/charts/attendance.csv" in same
        assert same <= kept
        assert {"days/2020-03-02.html", "members/lisi.html"} <= {*made} - kept
        write(seen, root, tmp_path / "clean")
        assert different(tree(tmp_path / "two"), tree(tmp_path / "clean")) == []


def test_volumes_of_the_search_index_are_taken_over_unless_they_are_damaged(tmp_path: Path) -> None:
    with archive() as root:
        seen = edition_of(root)
        assert seen is not None
        first = write(seen, root, tmp_path / "one")
        second = write(seen, root, tmp_path / "two", tmp_path / "one", first.printed)
        index = next((tmp_path / "one" / "search").glob("*/index.js")).relative_to(tmp_path / "one")
        assert (tmp_path / "two" / index).samefile(tmp_path / "one" / index)
        (tmp_path / "two" / index).unlink()
        (tmp_path / "two" / index).write_bytes(b"chronicleSearch.part()")
        write(seen, root, tmp_path / "three", tmp_path / "two", second.printed)
        assert different(tree(tmp_path / "three"), tree(tmp_path / "one")) == []
