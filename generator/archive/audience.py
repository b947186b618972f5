"""What one audience may see: a smaller Archive in which the rest does not exist.

Enter: the whole archive and an audience. Leave: an archive whose pages can be built without another
thought about privacy: withheld records, photographs, quotes and names are not in it, nor any id
that would lead to them. What people write in running text is not looked at here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from generator.archive.archive import Archive, Photograph, Pictured
from generator.kinds.activity import EVERYONE, Activity, Quote
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.donation import Donation
from generator.kinds.fields import Part, Record, Visibility
from generator.kinds.member import Member
from generator.kinds.photo import Photo
from generator.kinds.story import Story

Audience = Literal["public", "internal"]

_SECRECY = {"public": 0, "internal": 1, "private": 2}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
AnyRecord = TypeVar("AnyRecord", bound=Record)
AnyPart = TypeVar("AnyPart", bound=Part)


def pseudonym(number: int) -> str:
    """A stable stand-in for the name of the member at this position (0-based) in the whole team."""
    return f"组员{_STEMS[number]}" if number < len(_STEMS) else f"组员{number + 1}"


def for_audience(archive: Archive, audience: Audience) -> Archive:
    """The archive as `audience` may see it; private things are in no such archive."""
    sight = _sight_of(archive, audience)
    smaller = replace(
        archive,
        members=tuple(
            sight.member(one, number)
            for number, one in enumerate(archive.members)
            if sight.shows(one)
        ),
        activities=sight.records(archive.activities),
        donations=sight.records(archive.donations),
        stories=sight.records(archive.stories),
        sources=sight.records(archive.sources),
    )
    photographs = _owned_by(archive.photographs, sight.photos, smaller)
    return replace(smaller, file=_without_photo(archive.file, photographs), photographs=photographs)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What one audience sees of one archive.

    `stand_ins` are the names and ids that may not be written, and what is written instead;
    `silenced` are the tellers whom nothing may name, `unnamed` those who are shown without a name.
    `photos` are the photographs shown, as this audience sees them, by the identity of the original.
    """

    audience: Audience
    default: Visibility
    members: frozenset[str]
    sources: frozenset[str]
    stand_ins: Mapping[str, str]
    silenced: frozenset[str]
    unnamed: frozenset[str]
    photos: dict[int, Photo]

    def allows(self, visibility: Visibility | None, otherwise: Visibility | None) -> bool:
        """Whether a thing of this visibility is shown; one that says nothing is as its owner."""
        return _allows(self.audience, visibility or otherwise or self.default)

    def shows(self, record: Record) -> bool:
        """Whether a record is shown at all."""
        consented = not isinstance(record, Story) or _consented(record, self.audience)
        return consented and self.allows(record.visibility, self.default)

    def records(self, records: Sequence[AnyRecord]) -> tuple[AnyRecord, ...]:
        """Those records that are shown, without what may not be seen of them."""
        return tuple(_changed(one, dict(self._changes(one))) for one in records if self.shows(one))

    def member(self, member: Member, number: int) -> Member:
        """A member, under a pseudonym where the name may not be seen."""
        changes = dict(self._changes(member))
        if not self.allows(member.name_visibility, member.visibility):
            name = member.name and pseudonym(number)
            changes |= {"name": name, "aliases": (), "portrait": None, "bio": None}
        return _changed(member, changes)

    def photo(self, photo: Photo) -> Photo:
        """A photograph whose list of people names nobody who may not be named."""
        people = (self.stand_ins.get(one, one) for one in photo.people if one not in self.unnamed)
        return _changed(photo, {"people": tuple(people)})

    def _changes(self, record: Record) -> Iterator[tuple[str, object]]:
        if isinstance(record, Activity | Donation | Story):
            shown = (self.photos.get(id(one)) for one in record.photos)
            yield "photos", tuple(one for one in shown if one is not None)
        if isinstance(record, Activity | Donation | Story | Member):
            yield "sources", tuple(one for one in record.sources if one in self.sources)
        if isinstance(record, Activity):
            yield "quotes", tuple(self._quotes(record))
            yield "members", self._team(record.members)
            yield "reported_by", self._team(record.reported_by)
        elif isinstance(record, Donation):
            yield "via", self._team(record.via)
            if record.donor.anonymous:
                yield "donor", record.donor.model_copy(update={"name": ""})
        elif isinstance(record, Story):
            yield "recorded_by", self._team(record.recorded_by)
            if record.teller.display != "named":
                yield "teller", record.teller.model_copy(update={"name": None})
        elif isinstance(record, Member) and record.portrait is not None:
            yield "portrait", self.photos.get(id(record.portrait))

    def _quotes(self, record: Activity) -> Iterator[Quote]:
        for quote in record.quotes:
            hidden = quote.by in self.silenced or quote.by in self.unnamed
            if not hidden and self.allows(quote.visibility, record.visibility):
                yield _changed(quote, {"by": self.stand_ins.get(quote.by, quote.by)})

    def _team(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in ids if one in self.members or one == EVERYONE)


def _sight_of(archive: Archive, audience: Audience) -> _Sight:
    default = archive.file.default_visibility
    members = [one for one in archive.members if _allows(audience, one.visibility or default)]
    sources = [one for one in archive.sources if _allows(audience, one.visibility or default)]
    silenced, unnamed = _tellers(archive, audience, default)
    sight = _Sight(
        audience,
        default,
        frozenset(one.id for one in members),
        frozenset(one.id for one in sources),
        dict(_stand_ins(archive, audience, default)),
        silenced,
        unnamed,
        {},
    )
    for one in archive.photographs:
        visible = sight.shows(one.owner) and sight.allows(
            one.photo.visibility, one.owner.visibility
        )
        if visible and silenced.isdisjoint(one.photo.people):
            sight.photos[id(one.photo)] = sight.photo(one.photo)
    return sight


def _stand_ins(
    archive: Archive, audience: Audience, default: Visibility
) -> Iterator[tuple[str, str]]:
    """Every name of a member that may not be written, with the pseudonym to be written instead."""
    for number, member in enumerate(archive.members):
        visibility = member.visibility or default
        withheld = not _allows(audience, visibility)
        if withheld:
            yield member.id, pseudonym(number)
        if withheld or not _allows(audience, member.name_visibility or visibility):
            for name in (*member.aliases, *filter(None, [member.name])):
                yield name, pseudonym(number)


def _tellers(
    archive: Archive, audience: Audience, default: Visibility
) -> tuple[frozenset[str], frozenset[str]]:
    """Names of tellers whom nothing may name, and of those whose story is shown without a name."""
    silenced: set[str] = set()
    unnamed: set[str] = set()
    named: set[str] = set()
    for story in archive.stories:
        name = story.teller.name
        if name is not None and not _consented(story, audience):
            silenced.add(name)
        elif name is not None and story.teller.display != "named":
            unnamed.add(name)
        elif name is not None and _allows(audience, story.visibility or default):
            named.add(name)
    return frozenset(silenced - named), frozenset(unnamed - named - silenced)


def _allows(audience: Audience, visibility: Visibility) -> bool:
    return _SECRECY[visibility] <= _SECRECY[audience]


def _consented(story: Story, audience: Audience) -> bool:
    return story.published and _SECRECY[story.consent.audience] <= _SECRECY[audience]


def _changed(part: AnyPart, changes: Mapping[str, object]) -> AnyPart:
    """The same part where nothing differs, else a copy."""
    different = {name: one for name, one in changes.items() if one != getattr(part, name)}
    return part.model_copy(update=different) if different else part


def _without_photo(file: ArchiveFile, photographs: Sequence[Photograph]) -> ArchiveFile:
    """The archive's file; its opening picture only when it is among those shown."""
    if file.hero is None or any(one.id == file.hero for one in photographs):
        return file
    return file.model_copy(update={"hero": None})


def _owned_by(
    photographs: Sequence[Photograph], photos: Mapping[int, Photo], archive: Archive
) -> tuple[Photograph, ...]:
    """The photographs as their owners in `archive` hold them; those of nobody are left out."""
    owners: dict[tuple[type, str], Pictured] = {
        (type(one), one.id): one for one in (*archive.dated, *archive.members)
    }
    kept = []
    for one in photographs:
        owner, photo = owners.get((type(one.owner), one.owner.id)), photos.get(id(one.photo))
        if owner is not None and photo is not None and photo in owner.photos:
            kept.append(replace(one, owner=owner, photo=photo))
    return tuple(kept)
