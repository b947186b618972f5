"""The archive as a value: in one order, indexed, and beyond anybody's power to change."""

import random
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.archive.archive import Archive, chronological
from generator.archive.assemble import assemble
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Record, Ref
from generator.kinds.registry import ACTIVITY, ARCHIVE, DONATION, MEMBER, STORY, Kind
from generator.kinds.validation import validate
from generator.reading.documents import parse
from generator.values.dates import parse_date
from tests.archives import ARCHIVE as ARCHIVE_TEXT
from tests.archives import archive_of


def made(kind: Kind, id: str, text: str) -> Record:
    document, _ = parse(text, f"records/{kind.folder}/{id}.yml")
    assert document is not None
    record, problems = validate(kind, document, id)
    assert record is not None, problems
    return record


def activity(id: str, when: str, more: str = "") -> Record:
    return made(ACTIVITY, id, f'date: "{when}"\ntitle: 巡查\ntask: patrol\nmembers: all\n{more}')


def donation(id: str, when: str) -> Record:
    donor = "{name: 某厂, kind: enterprise}"
    return made(DONATION, id, f'date: "{when}"\ndonor: {donor}\nitems: [{{item: 面粉}}]\n')


def story(id: str, when: str) -> Record:
    consent = "{status: granted}"
    return made(STORY, id, f'date: "{when}"\ntitle: x\nteller:\nconsent: {consent}\ntext: x\n')


FILE = made(ARCHIVE, "archive", ARCHIVE_TEXT)
assert isinstance(FILE, ArchiveFile)
RECORDS = [
    activity("b", "2020-03-04"),
    activity("a", "2020-03-04"),
    activity("early", "2020-03-04", "time: 08:00\n"),
    activity("late", "2020-03-04", "time: 19:30\n"),
    activity("month", "2020-03"),
    activity("first", "2020-03-01"),
    activity("first-week", "2020-03-01/2020-03-07"),
    donation("a", "2020-03-04"),
    story("a", "2020-03-04"),
    made(MEMBER, "zhao", "name: 赵\nrole: x\nbatch: first\n"),
    made(MEMBER, "qian", "name: 钱\nrole: x\nbatch: second\n"),
    made(MEMBER, "a-nobody", "role: x\nbatch: first\n"),
    made(MEMBER, "sun", "name: 孙\nrole: x\n"),
]
IN_ORDER = [
    ("activity", "first"), ("activity", "first-week"), ("activity", "month"),
    ("activity", "early"), ("activity", "late"), ("activity", "a"), ("activity", "b"),
    ("donation", "a"), ("story", "a"),
]  # fmt: skip


def assembled(records: list[Record]) -> Archive:
    assert isinstance(FILE, ArchiveFile)
    return assemble(FILE, records, {})[0]


def test_records_are_sorted_by_earliest_then_latest_then_time_then_kind_and_id() -> None:
    dated = [(type(one).__name__.lower(), one.id) for one in assembled(RECORDS).dated]
    assert dated == IN_ORDER


def test_members_are_sorted_by_batch_with_those_known_by_name_first() -> None:
    members = [one.id for one in assembled(RECORDS).members]
    assert members == ["zhao", "a-nobody", "qian", "sun"]


@given(st.permutations(RECORDS))
def test_the_order_of_finding_changes_nothing(records: list[Record]) -> None:
    archive, expected = assembled(records), assembled(RECORDS)
    assert archive == expected
    assert list(archive.records) == list(expected.records)
    assert list(archive.days.items()) == list(expected.days.items())


def test_every_order_ends_in_a_unique_key() -> None:
    keys = [chronological(one) for one in assembled(RECORDS).dated]
    assert len(set(keys)) == len(keys)


def test_a_day_gathers_what_happened_on_it() -> None:
    days = assembled(RECORDS).days
    assert list(days) == [
        "2020-03-01", "2020-03-01_2020-03-07", "2020-03-01_2020-03-31", "2020-03-04"
    ]  # fmt: skip
    assert [one.id for one in days["2020-03-04"]] == ["early", "late", "a", "b", "a", "a"]


def test_a_day_knows_the_periods_around_it() -> None:
    archive = assembled(RECORDS)
    both = ("2020-03-01_2020-03-07", "2020-03-01_2020-03-31")
    assert archive.covering(date(2020, 3, 4)) == both
    assert archive.covering(date(2020, 3, 20)) == both[1:]
    assert archive.covering(date(2020, 4, 1)) == ()


def test_an_index_cannot_be_changed() -> None:
    archive = assembled(RECORDS)
    indexes = [
        archive.records, archive.terms, archive.measures, archive.units, archive.referrers,
        archive.days, archive.photograph, archive.photographs_of, archive.served,
    ]  # fmt: skip
    assert all(isinstance(one, MappingProxyType) for one in indexes)


def test_an_archive_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        assembled(RECORDS).members = ()  # type: ignore[misc]


def test_a_label_is_the_id_where_there_is_none() -> None:
    archive = assembled(RECORDS)
    assert archive.label("task", "patrol") == "防控巡查"
    assert archive.label("measure", "longest_walk") == "longest_walk"
    assert archive.label("place", "门口") == "门口"
    assert archive.label("unit", None) == ""


PHOTOS = """\
date: 2020-03-04
title: 走访
task: patrol
members: all
photos:
  - {file: 2020/03/IMG_20200304_1930.jpg, caption: 一, decorative: true}
  - {pending: true, caption: 二, decorative: true}
  - {id: third, file: 2020/03/third.jpg, caption: 三, decorative: true, taken: 2020-03-03}
"""


def test_a_photograph_has_an_address_that_outlives_reordering(tmp_path: Path) -> None:
    head, *photos = PHOTOS.split("  - ")
    ids = {}
    for number in range(4):
        shuffled = random.Random(number).sample(photos, 3)
        text = head + "".join(f"  - {one}" for one in shuffled)
        archive = archive_of(tmp_path / str(number), {"activities/visit.yml": text})
        ids[number] = {one.title: one.id for one in archive.photographs}
    assert all(one == ids[0] for one in ids.values())
    assert ids[0]["三"] == "third"


def test_an_address_shows_no_file_name(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"activities/visit.yml": PHOTOS})
    for one in archive.photographs:
        assert "img" not in one.id.lower()
        assert "1930" not in one.id
        assert one.id.startswith("visit-") or one.id == "third"


def test_a_photograph_is_dated_by_itself_or_by_its_record(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"activities/visit.yml": PHOTOS})
    dates = [one.date.text if one.date else None for one in archive.photographs]
    assert dates == ["2020-03-04", "2020-03-04", "2020-03-03"]


def test_photographs_are_found_by_id_and_by_record(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"activities/visit.yml": PHOTOS})
    assert archive.photograph["third"].title == "三"
    assert archive.photographs_of[Ref("activity", "visit")] == archive.photographs


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(1, 28)), max_size=8))
def test_the_periods_around_any_day_are_those_that_contain_it(ends: list[tuple[int, int]]) -> None:
    texts = (f"2020-03-{min(pair):02}/2020-03-{max(pair):02}" for pair in ends)
    dates = sorted({parse_date(text).slug: parse_date(text) for text in texts}.items())
    archive = assembled(RECORDS)
    periods = tuple((slug, when) for slug, when in dates if not when.is_day)
    vars(archive)["periods"] = periods
    for day in (date(2020, 2, 29) + timedelta(days=n) for n in range(32)):
        around = tuple(slug for slug, when in periods if when.covers(day))
        assert archive.covering(day) == around
