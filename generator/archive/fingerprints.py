"""What each record of an archive says, as a digest: equal digests, equal records.

Enter: an archive as an audience sees it, the whole one it was made from, and the digests of the
files' bytes. Leave: a digest for each record. One that the audience sees as it was written has the
digest of its file and path; one of which something is hidden, that of what is left. And for each
year a digest of what figures are made of, which no mended text changes. Pure.
"""

import hashlib
import marshal
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from generator.archive.archive import Archive, Dated, Photograph, ref_of
from generator.archive.totals import years_of
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Record, Ref
from generator.values.quantities import Quantity

_Amounts = tuple[Any, ...]


def fingerprints(seen: Archive, whole: Archive, files: Mapping[str, bytes]) -> dict[Ref, str]:
    """The digest of every record that is seen; `files` are by path."""
    written = {id(record) for record in whole.records.values()}
    return {
        ref: _of_file(record, files) if id(record) in written else _digest(repr(record))
        for ref, record in seen.records.items()
    }


def measured(seen: Archive, whole: Archive, files: Mapping[str, bytes]) -> dict[str, str]:
    """Digests of what figures are made of beside members, sources and the archive's own file.

    One for each year in which something may have a day, a week or a month of its own, and one of
    what has none (`totals.years_of`): all of them together stand for all records. `files` are the
    digests of amounts (`digest_of_amounts`) of records as they were written, by path.
    """
    written = {id(record) for record in whole.dated}
    amounts: dict[str, list[bytes]] = {}
    for records in seen.days.values():
        years = tuple(years_of(records[0].date))
        for one in records:
            known = files.get(one.path) if id(one) in written else None
            digest = known or digest_of_amounts(one)
            own = {*years, *_years_handed_on(one)} if type(one) is Donation else years
            for year in own:
                amounts.setdefault(year, []).append(digest)
    for photograph in seen.photographs:
        for year in years_of(photograph.date):
            amounts.setdefault(year, []).append(_of_photograph(photograph))
    return {
        year: hashlib.sha256(b"".join(own)).hexdigest() for year, own in sorted(amounts.items())
    }


def digest_of_amounts(record: Dated) -> bytes:
    """A digest, of 32 bytes, of what figures are made of in a record."""
    return hashlib.sha256(marshal.dumps(_amounts(record), 2)).digest()


def digest_of(*things: Any) -> str:
    """A digest of texts, truth values, nothings and tuples of them: of other things another one.

    As `marshal` writes them in its version 2, where the same values are always the same bytes.
    """
    return hashlib.sha256(marshal.dumps(things, 2)).hexdigest()


def _amounts(record: Dated) -> _Amounts:
    of_all = (record.id, record.date.text, record.sources)
    if isinstance(record, Activity):
        figures = tuple((one.measure, _amount(one.value)) for one in record.figures)
        return (*of_all, record.time, record.task, record.members, figures)
    if isinstance(record, Donation):
        items = tuple(
            (one.item, _amount(one.quantity), one.unit, one.category, _text(one.value_cny))
            for one in record.items
        )
        handed_on = tuple(
            (one.item, _amount(one.quantity), one.date and one.date.text)
            for one in record.distributions
        )
        return (*of_all, record.donor.kind, items, handed_on)
    return of_all


def _of_photograph(one: Photograph) -> bytes:
    """The same of a photograph."""
    date, owner = one.date.text if one.date else None, tuple(ref_of(one.owner))
    amounts = (one.id, date, owner, one.photo.pending, one.photo.illustration)
    return hashlib.sha256(marshal.dumps(amounts, 2)).digest()


def _years_handed_on(gift: Donation) -> Iterator[str]:
    for one in gift.distributions:
        yield from years_of(one.date or gift.date)


def _amount(quantity: Quantity | None) -> _Amounts | None:
    if quantity is None:
        return None
    lower, upper = _text(quantity.lower), _text(quantity.upper)
    return lower, upper, quantity.approximate, quantity.near


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _of_file(record: Record, files: Mapping[str, bytes]) -> str:
    digest = files.get(record.path)
    return _digest(repr(record)) if digest is None else f"{record.path} {digest.hex()}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
