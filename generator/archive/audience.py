"""What one audience may see: a smaller Archive in which the rest does not exist.

Enter: the whole archive and an audience. Leave: an archive whose pages can be built without another
thought about privacy: withheld records, photographs, quotes and names are not in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from generator.archive.archive import Archive, Photograph, Pictured
from generator.kinds.activity import EVERYONE, Activity
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.donation import Donation
from generator.kinds.fields import Record, Visibility
from generator.kinds.member import Member
from generator.kinds.photo import Photo
from generator.kinds.story import Story

Audience = Literal["public", "internal"]

_SECRECY = {"public": 0, "internal": 1, "private": 2}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
AnyRecord = TypeVar("AnyRecord", bound=Record)
Shown = Callable[[Visibility | None, Visibility], bool]


def pseudonym(number: int) -> str:
    """A stable stand-in for the name of the member at this position (0-based) in the whole team."""
    return f"组员{_STEMS[number]}" if number < len(_STEMS) else f"组员{number + 1}"


def for_audience(archive: Archive, audience: Audience) -> Archive:
    """The archive as `audience` may see it; private things are in no such archive."""
    default = archive.file.default_visibility

    def shown(visibility: Visibility | None, otherwise: Visibility) -> bool:
        return _SECRECY[visibility or otherwise] <= _SECRECY[audience]

    members = tuple(
        _named_for(member, number, shown(member.name_visibility, member.visibility or default))
        for number, member in enumerate(archive.members)
        if shown(member.visibility, default)
    )
    ids = frozenset(one.id for one in members)
    photographs = tuple(
        one
        for one in archive.photographs
        if shown(one.owner.visibility, default)
        and shown(one.photo.visibility, one.owner.visibility or default)
    )
    photos = {id(one.photo) for one in photographs}

    def keep(records: Sequence[AnyRecord]) -> tuple[AnyRecord, ...]:
        return tuple(
            _without(one, ids, photos, shown, default)
            for one in records
            if shown(one.visibility, default)
        )

    smaller = replace(
        archive,
        file=_without_photo(archive.file, photographs),
        members=keep(members),
        activities=keep(archive.activities),
        donations=keep(archive.donations),
        stories=tuple(one for one in keep(archive.stories) if _consented(one, audience)),
        sources=keep(archive.sources),
    )
    return replace(smaller, photographs=_owned_by(photographs, smaller))


def _consented(story: Story, audience: Audience) -> bool:
    return story.published and _SECRECY[story.consent.audience] <= _SECRECY[audience]


def _named_for(member: Member, number: int, named: bool) -> Member:
    if named or member.name is None:
        return member
    return member.model_copy(
        update={"name": pseudonym(number), "aliases": (), "portrait": None, "bio": None}
    )


def _without(
    record: AnyRecord,
    members: frozenset[str],
    photos: set[int],
    shown: Shown,
    default: Visibility,
) -> AnyRecord:
    """The record without the photographs, quotes and members that the audience may not see."""
    changes: dict[str, object] = {}
    if isinstance(record, Activity | Donation | Story):
        changes["photos"] = tuple(one for one in record.photos if id(one) in photos)
    if isinstance(record, Activity):
        inherited = record.visibility or default
        changes["quotes"] = tuple(q for q in record.quotes if shown(q.visibility, inherited))
        changes["members"] = tuple(m for m in record.members if m in members or m == EVERYONE)
        changes["reported_by"] = tuple(m for m in record.reported_by if m in members)
    elif isinstance(record, Donation):
        changes["via"] = tuple(one for one in record.via if one in members)
    elif isinstance(record, Story):
        changes["recorded_by"] = tuple(one for one in record.recorded_by if one in members)
        if record.teller.display != "named":
            changes["teller"] = record.teller.model_copy(update={"name": None})
    elif isinstance(record, Member) and record.portrait and id(record.portrait) not in photos:
        changes["portrait"] = None
    changes = {name: value for name, value in changes.items() if value != getattr(record, name)}
    return record.model_copy(update=changes) if changes else record


def _without_photo(file: ArchiveFile, photographs: Sequence[Photograph]) -> ArchiveFile:
    """The archive's file; its opening picture only when it is among those shown."""
    if file.hero is None or any(one.id == file.hero for one in photographs):
        return file
    return file.model_copy(update={"hero": None})


def _owned_by(photographs: Sequence[Photograph], archive: Archive) -> tuple[Photograph, ...]:
    """The photographs with their owners as they stand in `archive`; orphans are left out."""
    owners: dict[tuple[type, str], Pictured] = {
        (type(one), one.id): one for one in (*archive.dated, *archive.members)
    }
    kept = []
    for one in photographs:
        owner = owners.get((type(one.owner), one.owner.id))
        if owner is not None and _holds(owner, one.photo):
            kept.append(replace(one, owner=owner))
    return tuple(kept)


def _holds(owner: Pictured, photo: Photo) -> bool:
    return any(one is photo for one in owner.photos)
