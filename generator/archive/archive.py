"""The Archive: every record, indexed and linked both ways. Immutable, and knows no files or pages.

Everything is sorted by earliest bound, then latest, then id (DESIGN: same input, same bytes).
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import chain
from types import MappingProxyType

from generator.kinds.activity import Activity
from generator.kinds.archive_file import ArchiveFile, Measure, Term
from generator.kinds.donation import Donation
from generator.kinds.fields import Record, Ref
from generator.kinds.member import Member
from generator.kinds.photo import Photo
from generator.kinds.source import Source
from generator.kinds.story import Story
from generator.values.dates import EdtfDate
from generator.values.units import Unit

Dated = Activity | Donation | Story
Pictured = Activity | Donation | Story | Member

KIND_OF: Mapping[type[Record], str] = MappingProxyType(
    {
        Member: "member",
        Activity: "activity",
        Donation: "donation",
        Story: "story",
        Source: "source",
        ArchiveFile: "archive",
    }
)


def ref_of(record: Record) -> Ref:
    """How other records and pages name this record."""
    return Ref(KIND_OF[type(record)], record.id)


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph with its address: `id` is unique in the archive, `owner` the record it is in."""

    id: str
    photo: Photo
    owner: Pictured
    date: EdtfDate | None

    @property
    def title(self) -> str:
        """What lists and titles call it."""
        return self.photo.caption


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Something that was published and withdrawn: what it was (a day where only a day's page can
    say so), and when. All else is forgotten."""

    ref: Ref
    date: EdtfDate


def photograph_id(owner_id: str, photo: Photo) -> str:
    """The id a photograph gives itself, or one made of its record's id and a hash of its file name.

    Derived ids survive reordering and never show a camera's file name.
    """
    if photo.id is not None:
        return photo.id
    named = photo.file or photo.caption
    return f"{owner_id}-{hashlib.sha256(named.encode('utf-8')).hexdigest()[:8]}"


def day_key(record: Dated) -> str:
    """The slug of the day page that a record stands on."""
    return record.date.slug


@dataclass(frozen=True)
class Archive:
    """All records of one archive; each tuple is in chronological order and ends in a unique key."""

    file: ArchiveFile
    members: tuple[Member, ...] = ()
    activities: tuple[Activity, ...] = ()
    donations: tuple[Donation, ...] = ()
    stories: tuple[Story, ...] = ()
    sources: tuple[Source, ...] = ()
    photographs: tuple[Photograph, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    """What was withdrawn from this audience; nothing in an archive that is whole."""

    @cached_property
    def records(self) -> Mapping[Ref, Record]:
        """Every record by its reference."""
        everything = (
            *self.members,
            *self.activities,
            *self.donations,
            *self.stories,
            *self.sources,
        )
        return MappingProxyType({ref_of(one): one for one in everything})

    @cached_property
    def terms(self) -> Mapping[Ref, Term]:
        """Every entry of the controlled vocabularies by its reference."""
        return MappingProxyType(
            {
                Ref(kind, term.id): term
                for kind, terms in self.file.vocabularies().items()
                for term in terms
            }
        )

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Measures by id."""
        return MappingProxyType({one.id: one for one in self.file.measures})

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """Units by id, as values that convert."""
        return MappingProxyType({one.id: one.as_unit() for one in self.file.units})

    @cached_property
    def referrers(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """Who refers to what: for each reference, the records that make it, each once, in order."""
        found: dict[Ref, dict[Ref, None]] = {}
        for ref, record in self.records.items():
            for kind, ids, *_ in record.references():
                for id in ids:
                    found.setdefault(Ref(kind, id), {})[ref] = None
        return MappingProxyType({ref: tuple(sorted(who)) for ref, who in found.items()})

    @cached_property
    def days(self) -> Mapping[str, tuple[Dated, ...]]:
        """Dated records by the slug of their day or period, both in chronological order."""
        gathered: dict[str, list[Dated]] = {}
        for record in self.dated:
            gathered.setdefault(day_key(record), []).append(record)
        return MappingProxyType({slug: tuple(records) for slug, records in gathered.items()})

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The slugs of all days and periods, without looking at what is on each."""
        dated: Iterator[Dated] = chain(self.activities, self.donations, self.stories)
        return frozenset(map(day_key, dated))

    @cached_property
    def years(self) -> Mapping[str, Mapping[str, tuple[Dated, ...]]]:
        """Dated records by the year they begin in (`2020`), in order: all, and those of a kind."""
        kinds = ("dated", "activities", "donations", "stories")
        return MappingProxyType({kind: _by_year(getattr(self, kind)) for kind in kinds})

    @cached_property
    def months(self) -> frozenset[str]:
        """Months (`2020-03`) in which something begins."""
        return frozenset(slug[:7] for slug in self.days)

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """Activities, donations and stories together, in chronological order."""
        everything: tuple[Dated, ...] = (*self.activities, *self.donations, *self.stories)
        return tuple(sorted(everything, key=chronological))

    @cached_property
    def photograph(self) -> Mapping[str, Photograph]:
        """Photographs by id."""
        return MappingProxyType({one.id: one for one in self.photographs})

    @cached_property
    def photographs_of(self) -> Mapping[Ref, tuple[Photograph, ...]]:
        """Photographs by the record they are in."""
        gathered: dict[Ref, list[Photograph]] = {}
        for one in self.photographs:
            gathered.setdefault(ref_of(one.owner), []).append(one)
        return MappingProxyType({ref: tuple(photos) for ref, photos in gathered.items()})

    @cached_property
    def served(self) -> Mapping[str, tuple[Activity, ...]]:
        """Activities by the id of each member who took part; `all` means those then in the team."""
        gathered: dict[str, list[Activity]] = {one.id: [] for one in self.members}
        for activity in self.activities:
            for id in self.members_of(activity):
                gathered[id].append(activity)
        return MappingProxyType({id: tuple(done) for id, done in gathered.items()})

    def members_of(self, activity: Activity) -> tuple[str, ...]:
        """Ids of those who took part, in the order of the record or of the team."""
        if not activity.everyone:
            members, team = activity.members, self._team
            return members if team.issuperset(members) else tuple(m for m in members if m in team)
        return tuple(one.id for one in self.members if was_there(one, activity.date))

    @cached_property
    def _team(self) -> frozenset[str]:
        return frozenset(one.id for one in self.members)

    def label(self, kind: str, id: str | None) -> str:
        """The shown name of a vocabulary entry; the id itself where there is none."""
        term = self.terms.get(Ref(kind, id or ""))
        return (id or "") if term is None else term.name

    def covering(self, day: date) -> tuple[str, ...]:
        """Slugs of the periods that contain `day` without being it."""
        since, covering = self._covering
        return covering[bisect_right(since, day)]

    @cached_property
    def _covering(self) -> tuple[list[date], list[tuple[str, ...]]]:
        """The days from which on other periods than before hold; those before the first, and then
        those from each of them on."""
        starting: dict[date, list[int]] = {}
        ending: dict[date, list[int]] = {}
        for number, (_, period) in enumerate(self.periods):
            starting.setdefault(period.earliest, []).append(number)
            ending.setdefault(period.latest + timedelta(days=1), []).append(number)
        since = sorted({*starting, *ending})
        covering: list[tuple[str, ...]] = [()]
        held: set[int] = set()
        for day in since:
            held = held.difference(ending.get(day, ())).union(starting.get(day, ()))
            covering.append(tuple(self.periods[number][0] for number in sorted(held)))
        return since, covering

    @cached_property
    def periods(self) -> tuple[tuple[str, EdtfDate], ...]:
        """Slug and date of everything recorded that is not a single day, in order."""
        dates = ((slug, records[0].date) for slug, records in self.days.items())
        return tuple((slug, date) for slug, date in dates if not date.is_day)


def _by_year(records: Iterable[Dated]) -> Mapping[str, tuple[Dated, ...]]:
    years: dict[int, list[Dated]] = {}
    for one in records:
        years.setdefault(one.date.earliest.year, []).append(one)
    return MappingProxyType({f"{year:04d}": tuple(own) for year, own in years.items()})


def chronological(record: Dated) -> tuple[date, date, str, str, str]:
    """The order of records: earliest bound, latest bound, time of day, kind, id."""
    when, kind = record.date, type(record)  # asked for ten thousand records several times
    time = (record.time if kind is Activity else None) or "99"  # type: ignore[union-attr]
    return when.earliest, when.latest, time, KIND_OF[kind], record.id


def was_there(member: Member, when: EdtfDate) -> bool:
    """Whether a member's known dates allow them to have been in the team at `when`."""
    after = member.joined is None or member.joined.earliest <= when.latest
    return after and (member.left is None or member.left.latest >= when.earliest)
