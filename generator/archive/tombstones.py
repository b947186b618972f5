"""What was withdrawn, as far as an audience could have seen it: what it was, and when. Pure.

Enter: the whole archive and the smaller one. Leave: references and dates for the pages that answer
at addresses which were published once; nothing for what this audience never saw.
"""

from collections.abc import Callable, Iterator

from generator.archive.archive import Archive, Withdrawn, day_key, ref_of
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Record, Ref
from generator.kinds.member import Member
from generator.kinds.photo import Photo
from generator.kinds.story import Story
from generator.values.dates import EdtfDate

_KINDS = {"days": "day", "donations": "donation", "members": "member", "photos": "photo",
          "stories": "story"}  # fmt: skip


def tombstones(
    whole: Archive,
    seen: Archive,
    was_shown: Callable[[Record, Photo | None], bool],
    new_ref: Callable[[Ref], Ref],
) -> tuple[Withdrawn, ...]:
    """One for each address that no longer leads to anything, in the order of the references."""
    gone = [*_marked(whole, was_shown, new_ref), *_listed(whole)]
    if not gone:
        return ()
    living = {*seen.records, *(Ref("photo", id) for id in seen.photograph)}
    living |= {Ref("day", slug) for slug in seen.slugs}
    found: dict[Ref, EdtfDate] = {}
    for ref, date in gone:
        if ref not in living:
            found.setdefault(ref, date)
    return tuple(Withdrawn(ref, found[ref]) for ref in sorted(found))


def _marked(
    whole: Archive, was_shown: Callable[[Record, Photo | None], bool], new_ref: Callable[[Ref], Ref]
) -> Iterator[tuple[Ref, EdtfDate]]:
    """Records and photographs that say so themselves."""
    for record in whole.records.values():
        if record.withdrawn is not None and was_shown(record, None):
            if isinstance(record, Donation | Member | Story):
                yield new_ref(ref_of(record)), record.withdrawn
            if isinstance(record, Activity | Donation | Story):
                yield Ref("day", day_key(record)), record.withdrawn
    for one in whole.photographs:
        date = one.photo.withdrawn or one.owner.withdrawn
        if date is not None and was_shown(one.owner, one.photo):
            yield new_ref(Ref("photo", one.id)), date


def _listed(whole: Archive) -> Iterator[tuple[Ref, EdtfDate]]:
    """Pages whose records are deleted, as archive.yml lists them."""
    for one in whole.file.tombstones:
        folder, _, name = one.page.removesuffix(".html").partition("/")
        yield Ref(_KINDS[folder], name), one.date
