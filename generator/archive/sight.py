"""What one audience sees of one archive: which records, parts of them and names, and how.

Enter: the whole archive, an audience and the day. Leave: a `Sight`, which turns each record into
what may be seen of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from generator.archive.archive import Archive, Dated, chronological
from generator.archive.consent import Agreement, agreement
from generator.archive.hidden import hidden_names
from generator.archive.masking import Mask, StandIn, masked
from generator.archive.pseudonyms import pseudonyms
from generator.kinds.activity import EVERYONE, Activity, Quote
from generator.kinds.donation import Donation
from generator.kinds.fields import Part, Record, Ref, Visibility
from generator.kinds.member import Member
from generator.kinds.photo import Photo
from generator.kinds.story import Story

Audience = Literal["public", "internal"]

_SECRECY = {"public": 0, "internal": 1, "private": 2}
AnyRecord = TypeVar("AnyRecord", bound=Record)
AnyPart = TypeVar("AnyPart", bound=Part)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one audience sees of one archive.

    `silenced` are the tellers whom nothing may name, `unnamed` those who are shown without a name.
    `stand_ins` are the members shown under a pseudonym, by id. `photos` are the photographs shown,
    as this audience sees them, by the identity of the original.
    """

    audience: Audience
    default: Visibility
    agreement: Agreement
    members: frozenset[str]
    sources: frozenset[str]
    stand_ins: Mapping[str, StandIn]
    mask: Mask
    silenced: frozenset[str]
    unnamed: frozenset[str]
    photos: dict[int, Photo]

    def allows(self, visibility: Visibility | None, otherwise: Visibility | None) -> bool:
        """Whether a thing of this visibility is shown; one that says nothing is as its owner."""
        return _allows(self.audience, visibility or otherwise or self.default)

    def was_shown(self, record: Record, photo: Photo | None = None) -> bool:
        """Whether a record or its photograph, were it not withdrawn, might have been shown."""
        if not self.allows(record.visibility, self.default):
            return False
        return photo is None or self.allows(photo.visibility, record.visibility)

    def shows(self, record: Record) -> bool:
        """Whether a record is shown at all."""
        if record.withdrawn is not None:
            return False
        consented = type(record) is not Story or self.agreement.story(record)
        return consented and self.allows(record.visibility, self.default)

    def records(self, records: Sequence[AnyRecord]) -> tuple[AnyRecord, ...]:
        """Those records that are shown, without what may not be seen of them, in order."""
        shown = [self.record(one) for one in records if self.shows(one)]
        if self.mask.names and all(isinstance(one, Dated) for one in shown):
            shown.sort(key=chronological)  # type: ignore[arg-type]
        return tuple(shown)

    def record(self, record: AnyRecord) -> AnyRecord:
        """A record without what may not be seen of it."""
        if isinstance(record, Activity) and self._holds_nothing_hidden(record):
            return record
        return masked(_changed(record, dict(self._changes(record))), self.mask)

    def _holds_nothing_hidden(self, record: Activity) -> bool:
        """Whether an activity is seen at one glance to be shown as it is, as most of them are."""
        if record.photos or self.mask.names or self.stand_ins:
            return False
        for quote in record.quotes:
            if quote.visibility or quote.by in self.silenced or quote.by in self.unnamed:
                return False
        return (
            self.members.issuperset(record.members)
            and self.members.issuperset(record.reported_by)
            and self.sources.issuperset(record.sources)
        )

    def member(self, member: Member) -> Member:
        """A member, under a pseudonym where the name may not be seen."""
        stand_in = self.stand_ins.get(member.id)
        if stand_in is None:
            return self.record(member)
        bare = {"aliases": (), "portrait": None, "bio": None, "id": stand_in.id}
        name = (member.name or member.pseudonym) and stand_in.name
        return self.record(_changed(member, bare)).model_copy(update={"name": name})

    def photo(self, photo: Photo, allowed: Sequence[str]) -> Photo:
        """A photograph whose list of people names nobody who may not be named."""
        people = (self.person(one) for one in photo.people if one not in self.unnamed)
        return masked(_changed(photo, {"people": tuple(people)}), self.mask.allowing(allowed))

    def person(self, written: str) -> str:
        """A member's id or a name, as this audience may see it."""
        stand_in = self.stand_ins.get(written)
        return self.mask.person(written) if stand_in is None else stand_in.id

    def new_ref(self, ref: Ref) -> Ref:
        """A reference as this audience's ids have it."""
        stand_in = self.stand_ins.get(ref.id) if ref.kind == "member" else None
        return Ref(ref.kind, self.mask.text(ref.id) if stand_in is None else stand_in.id)

    def _changes(self, record: Record) -> Iterator[tuple[str, object]]:
        if isinstance(record, Activity | Donation | Story) and record.photos:
            shown = (self.photos.get(id(one)) for one in record.photos)
            yield "photos", tuple(one for one in shown if one is not None)
        if isinstance(record, Activity | Donation | Story | Member) and record.sources:
            yield "sources", tuple(one for one in record.sources if one in self.sources)
        if isinstance(record, Activity):
            if record.quotes:
                yield "quotes", tuple(self._quotes(record))
            yield "members", self._ids(record.members)
            yield "reported_by", self._ids(record.reported_by)
        elif isinstance(record, Donation):
            yield "via", self._ids(record.via)
            if not self.agreement.donor(record):
                unnamed = {"name": "", "anonymous": True, "consent": None}
                yield "donor", record.donor.model_copy(update=unnamed)
        elif isinstance(record, Story):
            yield "recorded_by", self._ids(record.recorded_by)
            if record.teller.display != "named":
                yield "teller", record.teller.model_copy(update={"name": None})
        elif isinstance(record, Member) and record.portrait is not None:
            yield "portrait", self.photos.get(id(record.portrait))

    def _quotes(self, record: Activity) -> Iterator[Quote]:
        for quote in record.quotes:
            hidden = quote.by in self.silenced or quote.by in self.unnamed
            if not hidden and self.allows(quote.visibility, record.visibility):
                by = self.person(quote.by)
                yield quote if by == quote.by else quote.model_copy(update={"by": by})

    def _ids(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Those of the members who are shown, under the ids that they have here."""
        if not self.stand_ins and self.members.issuperset(ids):
            return tuple(ids)
        shown = (one for one in ids if one in self.members or one == EVERYONE)
        return tuple(self.person(one) if one in self.stand_ins else one for one in shown)


def sight_of(archive: Archive, audience: Audience, today: date | None) -> Sight:
    """What `audience` sees of an archive on that day."""
    default = archive.file.default_visibility

    def visible(record: Record) -> bool:
        return record.withdrawn is None and _allows(audience, record.visibility or default)

    rules = agreement(archive, audience, today)
    members = [one for one in archive.members if visible(one)]
    nameless = [
        one
        for one in members
        if not _allows(audience, one.name_visibility or one.visibility or default)
    ]
    stand_ins = pseudonyms(nameless, (one.id for one in archive.members))
    silenced, unnamed = _tellers(archive, rules, visible)
    sight = Sight(
        audience,
        default,
        rules,
        frozenset(one.id for one in members),
        frozenset(one.id for one in archive.sources if visible(one)),
        stand_ins,
        hidden_names(archive, visible, stand_ins, silenced | unnamed, rules),
        silenced,
        unnamed,
        {},
    )
    for one in archive.photographs:
        allowed = sight.allows(one.photo.visibility, one.owner.visibility)
        whole = one.photo.withdrawn is None and rules.photo(one.photo)
        portrait_of_nobody = isinstance(one.owner, Member) and one.owner.id in stand_ins
        visible_owner = sight.shows(one.owner) and not portrait_of_nobody
        if visible_owner and allowed and whole and silenced.isdisjoint(one.photo.people):
            texts = [allowance.text for allowance in one.owner.allow]
            sight.photos[id(one.photo)] = sight.photo(one.photo, texts)
    return sight


def _tellers(
    archive: Archive, rules: Agreement, visible: Callable[[Record], bool]
) -> tuple[frozenset[str], frozenset[str]]:
    """Names of tellers whom nothing may name, and of those whose story is shown without a name."""
    silenced: set[str] = set()
    unnamed: set[str] = set()
    named: set[str] = set()
    for story in archive.stories:
        name = story.teller.name
        if name is not None and (story.withdrawn is not None or not rules.story(story)):
            silenced.add(name)
        elif name is not None and story.teller.display != "named":
            unnamed.add(name)
        elif name is not None and visible(story):
            named.add(name)
    return frozenset(silenced - named), frozenset(unnamed - named - silenced)


def _allows(audience: Audience, visibility: Visibility) -> bool:
    return _SECRECY[visibility] <= _SECRECY[audience]


def _changed(part: AnyPart, changes: Mapping[str, object]) -> AnyPart:
    """The same part where nothing differs, else a copy."""
    different = {name: one for name, one in changes.items() if one != getattr(part, name)}
    return part.model_copy(update=different) if different else part
