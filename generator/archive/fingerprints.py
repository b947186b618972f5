"""What each record of an archive says, as a digest: equal digests, equal records.

Enter: an archive as an audience sees it, the whole one it was made from, and the digests of the
files' bytes. Leave: a digest for each record. One that the audience sees as it was written has the
digest of its file and path; one of which something is hidden, that of what is left. And of all of
them together the digest of what figures are made of, which no mended text changes. Pure.
"""

import hashlib
from collections.abc import Mapping

from generator.archive.archive import Archive, ref_of
from generator.kinds.fields import Record, Ref
from generator.values.quantities import Quantity


def fingerprints(seen: Archive, whole: Archive, files: Mapping[str, bytes]) -> dict[Ref, str]:
    """The digest of every record that is seen; `files` are by path."""
    written = {id(record) for record in whole.records.values()}
    return {
        ref: _of_file(record, files) if id(record) in written else _digest(repr(record))
        for ref, record in seen.records.items()
    }


def measured(archive: Archive) -> str:
    """The digest of what figures are made of beside members, sources and the archive's own file."""
    activities = [
        (one.id, one.date.text, one.time, one.task, one.members,
         [(figure.measure, _amount(figure.value)) for figure in one.figures])
        for one in archive.activities
    ]  # fmt: skip
    gifts = [
        (one.id, one.date.text, one.donor.kind,
         [(i.item, _amount(i.quantity), i.unit, i.category, i.value_cny) for i in one.items],
         [(o.item, _amount(o.quantity), o.date and o.date.text) for o in one.distributions])
        for one in archive.donations
    ]  # fmt: skip
    stories = [(one.id, one.date.text) for one in archive.stories]
    photographs = [
        (one.id, one.date and one.date.text, ref_of(one.owner),
         one.photo.pending, one.photo.illustration)
        for one in archive.photographs
    ]  # fmt: skip
    return _digest(repr((activities, gifts, stories, photographs)))


def _amount(quantity: Quantity | None) -> tuple[object, ...] | None:
    if quantity is None:
        return None
    return quantity.lower, quantity.upper, quantity.approximate, quantity.near


def _of_file(record: Record, files: Mapping[str, bytes]) -> str:
    digest = files.get(record.path)
    return _digest(repr(record)) if digest is None else f"{record.path} {digest.hex()}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
