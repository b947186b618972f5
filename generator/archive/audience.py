"""What one audience may see: a smaller Archive in which the rest does not exist.

Enter: the whole archive, an audience, and the day (consent ends). Leave: an archive whose pages can
be built without another thought about privacy: withheld records, photographs, quotes and names are
not in it, nor any id that would lead to them, nor a name in running text; and what hand-written
pages and the audit need to know about the rest.
"""

import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from generator.archive.archive import Archive, Photograph, Pictured, photograph_id, ref_of
from generator.archive.masking import Mask, masked
from generator.archive.sight import Audience, Sight, sight_of
from generator.archive.tombstones import tombstones
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.fields import Ref
from generator.kinds.member import Member


@dataclass(frozen=True)
class Seen:
    """An archive as an audience sees it, and what leads from the whole one to it.

    `mask` replaces names in running text, `renamed` are the references whose ids tell a name, with
    those that stand in for them, `withheld` are the references that lead nowhere.
    """

    archive: Archive
    mask: Mask = field(default_factory=Mask)
    renamed: Mapping[Ref, Ref] = field(default_factory=dict)
    withheld: frozenset[Ref] = frozenset()


def for_audience(archive: Archive, audience: Audience, today: date | None = None) -> Archive:
    """The archive as `audience` may see it; private things are in no such archive.

    Where the day is not given, consent that ends counts as ended.
    """
    return seen_by(archive, audience, today).archive


def seen_by(archive: Archive, audience: Audience, today: date | None = None) -> Seen:
    """The archive as `audience` may see it, with what was hidden on the way."""
    sight = sight_of(archive, audience, today)
    smaller = replace(
        archive,
        file=masked(archive.file, sight.mask),
        members=_team(archive.members, sight),
        activities=sight.records(archive.activities),
        donations=sight.records(archive.donations),
        stories=sight.records(archive.stories),
        sources=sight.records(archive.sources),
    )
    if _holds_all_of(smaller, archive):
        smaller = archive  # whose indexes need not be made again
    photographs = _owned_by(archive.photographs, sight, smaller)
    if not _same(photographs, archive.photographs):
        file = _without_photo(smaller.file, photographs)
        smaller = replace(smaller, file=file, photographs=photographs)
    withdrawn = tombstones(archive, smaller, sight.was_shown, sight.new_ref)
    if withdrawn:
        smaller = replace(smaller, withdrawn=withdrawn)
    return Seen(smaller, sight.mask, *_references(archive, smaller, sight))


def _holds_all_of(smaller: Archive, archive: Archive) -> bool:
    """Whether nothing was left out or changed, but perhaps among the photographs."""
    return smaller.file is archive.file and all(
        len(some) == len(every) and all(map(operator.is_, some, every))
        for some, every in (
            (smaller.members, archive.members),
            (smaller.activities, archive.activities),
            (smaller.donations, archive.donations),
            (smaller.stories, archive.stories),
            (smaller.sources, archive.sources),
        )
    )


def _same(some: Sequence[Photograph], every: Sequence[Photograph]) -> bool:
    return len(some) == len(every) and all(
        one.id == other.id and one.owner is other.owner and one.photo is other.photo
        for one, other in zip(some, every, strict=True)
    )


def _team(members: Sequence[Member], sight: Sight) -> tuple[Member, ...]:
    """The members shown, in the order of the team; of one batch those without a name come last."""
    batches = list(dict.fromkeys(one.batch for one in members))
    shown = [one for one in members if sight.shows(one)]
    shown.sort(key=lambda one: (batches.index(one.batch), one.id in sight.stand_ins))
    return tuple(sight.member(one) for one in shown)


def _without_photo(file: ArchiveFile, photographs: Sequence[Photograph]) -> ArchiveFile:
    """The archive's file; its opening picture only when it is among those shown."""
    if file.hero is None or any(one.id == file.hero for one in photographs):
        return file
    return file.model_copy(update={"hero": None})


def _owned_by(
    photographs: Sequence[Photograph], sight: Sight, archive: Archive
) -> tuple[Photograph, ...]:
    """The photographs as their owners in `archive` hold them; those of nobody are left out."""
    if not photographs:
        return ()
    owners: dict[Ref, Pictured] = {ref_of(one): one for one in (*archive.dated, *archive.members)}
    kept = []
    for one in photographs:
        owner, photo = owners.get(sight.new_ref(ref_of(one.owner))), sight.photos.get(id(one.photo))
        if owner is not None and photo is not None and photo in owner.photos:
            held = next(each for each in owner.photos if each == photo)
            id_ = photograph_id(owner.id, held)
            kept.append(replace(one, id=id_, owner=owner, photo=held))
    return tuple(kept)


def _references(
    whole: Archive, seen: Archive, sight: Sight
) -> tuple[dict[Ref, Ref], frozenset[Ref]]:
    """References that have another id here, and those that lead nowhere."""
    if not sight.mask.names and not sight.stand_ins:  # then nothing has another id
        photographs = whole.photograph.keys() - seen.photograph.keys()
        days = whole.slugs - seen.slugs
        gone = {Ref("day", slug) for slug in days} | {Ref("photo", id) for id in photographs}
        return {}, frozenset(gone | (whole.records.keys() - seen.records.keys()))
    known = {*seen.records, *(Ref("photo", id) for id in seen.photograph)}
    known |= {Ref("day", slug) for slug in seen.slugs}
    held = {id(photo): one.id for one in seen.photographs for photo in (one.photo,)}
    renamed, withheld = {}, set()
    refs = [(ref, sight.new_ref(ref)) for ref in whole.records]
    refs += [(Ref("day", slug), Ref("day", slug)) for slug in whole.slugs]
    for one in whole.photographs:
        photo = sight.photos.get(id(one.photo))
        refs.append((Ref("photo", one.id), Ref("photo", held.get(id(photo), one.id))))
    for old, new in refs:
        if new not in known:
            withheld.add(old)
        elif new != old:
            renamed[old] = new
    return renamed, frozenset(withheld)
