"""Assembles records into an Archive and checks what only the whole can show.

Enter: validated records and their documents. Leave: the Archive and problems IDN002, REF001,
DAT002, DAT004, IMG005, MEM002, QTY002. Pure: photographs' files are looked at elsewhere.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import chain
from typing import Any

from generator.archive.archive import (
    Archive,
    Dated,
    Photograph,
    Pictured,
    chronological,
    photograph_id,
    was_there,
)
from generator.archive.coverage import empty_days
from generator.archive.stated_units import unit_problems
from generator.kinds.activity import Activity
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.donation import Donation
from generator.kinds.fields import Record, Ref
from generator.kinds.member import Member
from generator.kinds.photo import location_of
from generator.kinds.registry import KINDS, VOCABULARY_LABELS
from generator.kinds.source import Source
from generator.kinds.story import Story
from generator.problems.catalogue import DAT002, DAT004, IDN002, IMG005, REF001
from generator.problems.problem import (
    Bilingual,
    Code,
    Place,
    Problem,
    Severity,
    near_words,
    problem,
)
from generator.reading.documents import Document
from generator.values.identifiers import closest

MEM002 = Code(
    "MEM002",
    Severity.WARNING,
    Bilingual("那时不在队里", "Not in the team then"),
    Bilingual(
        "{date} 时，{name} 不在加入和离开的日期之内。", "{name} was not in the team on {date}."
    ),
    Bilingual("核对名单，或成员的 joined、left。", "check the list, or `joined` and `left`."),
    Bilingual("名单和任期要对得上。", "Lists and terms of service have to agree."),
)
MEM003 = Code(
    "MEM003",
    Severity.ERROR,
    Bilingual("化名不能用", "A pseudonym that cannot be used"),
    Bilingual(
        "化名 “{name}” 已经是某位成员的姓名、别名或化名。",
        "the pseudonym “{name}” is already a member's name, other name or pseudonym.",
    ),
    Bilingual("换一个谁都不叫的。", "choose one that nobody has."),
    Bilingual(
        "化名既不能露出本人，也不能指到别人。",
        "It must neither tell who it is nor point at another.",
    ),
)
CODES = (MEM002, MEM003)

_MOST_DAYS_NAMED = 31
_MOST_SEARCHES = 1000  # for the nearest name: past so many, one cause is behind them all
_PHOTOGRAPH = "photo"
_LABELS = {
    **{kind.name: kind.label for kind in KINDS},
    **VOCABULARY_LABELS,
    _PHOTOGRAPH: Bilingual("照片", "photograph"),
}


def assemble(
    file: ArchiveFile,
    records: Iterable[Record],
    documents: Mapping[str, Document],
    refers: Set[Ref] | None = None,
) -> tuple[Archive, tuple[Problem, ...]]:
    """The archive of these records, and every problem that only shows in the whole.

    `refers` is all that file and records refer to, where somebody knows that already.
    """
    unique, problems = _once_each(records)
    of: dict[type[Record], list[Any]] = defaultdict(list)
    for one in unique:
        of[type(one)].append(one)
    dated: list[Dated] = sorted((*of[Activity], *of[Donation], *of[Story]), key=chronological)
    members = tuple(sorted(of[Member], key=_team_order(file)))
    photographs, twice = _photographs((*dated, *members), documents)
    archive = Archive(
        file=file,
        members=members,
        activities=tuple(one for one in dated if type(one) is Activity),
        donations=tuple(one for one in dated if type(one) is Donation),
        stories=tuple(one for one in dated if type(one) is Story),
        sources=tuple(sorted(of[Source], key=lambda one: one.id)),
        photographs=photographs,
    )
    problems += twice
    problems += _unresolved(archive, (file, *unique), documents, refers)
    problems += _pseudonyms(members, documents)
    problems += _outside(file, dated, documents)
    problems += _not_there(archive, documents)
    problems += _empty_days(archive, documents)
    problems += unit_problems(archive, documents)
    return archive, tuple(problems)


def _once_each(records: Iterable[Record]) -> tuple[list[Record], list[Problem]]:
    """Each id of a kind once, the first by path; the others are problems (IDN002)."""
    records = tuple(records)
    known: dict[tuple[type, str], Record] = {(type(one), one.id): one for one in records}
    if len(known) == len(records):
        return list(records), []
    known.clear()
    problems = []
    for record in sorted(records, key=lambda one: one.path):
        first = known.setdefault((type(record), record.id), record)
        if first is not record:
            problems.append(problem(IDN002, Place(record.path), id=record.id, other=first.path))
    return list(known.values()), problems


def _team_order(file: ArchiveFile) -> Callable[[Member], tuple[int, bool, str]]:
    """Members by batch as the vocabulary lists them, then by id; those named first come first."""
    batches = {term.id: number for number, term in enumerate(file.batches)}

    def key(member: Member) -> tuple[int, bool, str]:
        return (batches.get(member.batch or "", len(batches)), member.name is None, member.id)

    return key


def _photographs(
    owners: Sequence[Pictured], documents: Mapping[str, Document]
) -> tuple[tuple[Photograph, ...], list[Problem]]:
    known: dict[str, Photograph] = {}
    problems = []
    for owner in owners:
        for number, photo in enumerate(owner.photos):
            id = photograph_id(owner.id, photo)
            date = photo.taken or (None if isinstance(owner, Member) else owner.date)
            one = Photograph(id, photo, owner, date)
            first = known.setdefault(id, one)
            if first is not one:
                place = _place(documents, owner, location_of(isinstance(owner, Member), number))
                problems.append(problem(IMG005, place, id=id, other=first.owner.path))
    return tuple(known.values()), problems


def _unresolved(
    archive: Archive,
    records: Iterable[Record],
    documents: Mapping[str, Document],
    refers: Set[Ref] | None,
) -> Iterator[Problem]:
    """REF001 for every reference that leads nowhere, with the nearest name."""
    known: dict[str, set[str]] = {kind: set() for kind in _LABELS}
    for kind, id in _refs(archive):
        known[kind].add(id)
    if refers is not None and all(id in known[kind] for kind, id in refers):
        return
    wrong = [
        (record, mention)
        for record in records
        if not _are_known(record, known)
        for mention in record.mentions()
        if mention.ref.id not in known[mention.ref.kind]
    ]
    names: dict[str, dict[str, str]] = {}
    for number, (record, mention) in enumerate(wrong):
        kind, id = mention.ref
        names = names or _names_by_kind(archive)
        near = closest(id, sorted(names[kind])) if number < _MOST_SEARCHES else None
        suggestion = names[kind].get(near, near) if near else None
        label = _LABELS[kind]
        place = _place(documents, record, mention.location)
        words = {"kind_zh": label.zh, "kind_en": label.en, "id": id}
        yield problem(REF001, place, **words, **near_words(suggestion))


def _are_known(record: Record, known: Mapping[str, set[str]]) -> bool:
    return all(known[kind].issuperset(ids) for kind, ids, _, _ in record.references())


def _names_by_kind(archive: Archive) -> dict[str, dict[str, str]]:
    """For each kind of reference: every name or id that people may write, and the id meant."""
    names: dict[str, dict[str, str]] = {kind: {} for kind in _LABELS}
    for ref, term in archive.terms.items():
        names[ref.kind].setdefault(term.name, term.id)
    for member in archive.members:
        for name in (*member.aliases, *filter(None, [member.name])):
            names["member"].setdefault(name, member.id)
    for kind, id in _refs(archive):
        names[kind][id] = id
    return names


def _refs(archive: Archive) -> Iterator[Ref]:
    """Everything that a record may refer to."""
    photographs = (Ref(_PHOTOGRAPH, one.id) for one in archive.photographs)
    return chain(archive.terms, archive.records, photographs)


def _pseudonyms(members: Sequence[Member], documents: Mapping[str, Document]) -> Iterator[Problem]:
    """MEM003 for a pseudonym that is anybody's name, or another's pseudonym."""
    names = {name for one in members for name in (one.id, one.name, *one.aliases)}
    for member in members:
        if member.pseudonym is not None:
            if member.pseudonym in names:
                place = _place(documents, member, ("pseudonym",))
                yield problem(MEM003, place, name=member.pseudonym)
            names.add(member.pseudonym)


def _outside(
    file: ArchiveFile, dated: Sequence[Dated], documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """DAT002 for what happened outside the archive's period; `dated` are in order."""
    period = file.period
    first, last = period.earliest, period.latest
    begun = bisect_left(dated, first, key=lambda one: one.date.earliest)
    over = bisect_right(dated, last, key=lambda one: one.date.earliest)
    for record in (*dated[:begun], *dated[max(begun, over) :]):
        when = record.date
        if when.latest < first or when.earliest > last:
            at = _place(documents, record, ("date",))
            yield problem(DAT002, at, date=when.text, period=period.text)


def _not_there(archive: Archive, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """MEM002 for members who were not in the team when something was done."""
    terms = {one.id: one for one in archive.members if one.joined or one.left}
    joined = max((one.joined.earliest for one in terms.values() if one.joined), default=date.min)
    left = min((one.left.latest for one in terms.values() if one.left), default=date.max)
    for record in archive.activities:
        if joined <= record.date.latest and record.date.earliest <= left:
            continue  # everybody may have been there
        if terms.keys().isdisjoint(record.members) or record.everyone:
            continue
        for number, id in enumerate(record.members):
            member = terms.get(id)
            if member is not None and not was_there(member, record.date):
                at = _place(documents, record, ("members", number))
                yield problem(MEM002, at, name=member.name or id, date=record.date.text)


def _empty_days(archive: Archive, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """One note (DAT004) for all days of the period on which nothing is recorded."""
    days = empty_days(archive)
    if days:
        listed = "、".join(day.isoformat() for day in days[:_MOST_DAYS_NAMED])
        more = "…" if len(days) > _MOST_DAYS_NAMED else ""
        place = _place(documents, archive.file, ("period",))
        yield problem(DAT004, place, n=len(days), days=listed + more)


def _place(
    documents: Mapping[str, Document], record: Record, location: tuple[str | int, ...]
) -> Place:
    document = documents.get(record.path)
    return Place(record.path) if document is None else document.place(location)
