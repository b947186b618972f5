"""What depends on what: for each sheet the things that it shows of its own.

Enter: an edition. Leave: by the name of a sheet, references and plain texts. A sheet is made again
when one of its texts differs, when the content of one of its references does, or when anything
does that all pages share (the archive's own file, members, sources, settings, frames, program). A
sheet that is not named here depends on everything. Pure; nothing else decides this.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.archive.archive import Dated, Photograph, ref_of
from generator.kinds.donation import Donation
from generator.kinds.fields import Ref
from generator.kinds.story import Story
from generator.pages.edition import Edition
from generator.values.dates import EdtfDate

Things = tuple[Ref | str, ...]
NOTHING = ""


def dependencies(edition: Edition) -> dict[str, Things]:
    """The things of every day, month, gift, story and photograph; all else needs everything."""
    found: dict[str, Things] = {}
    found.update(_days(edition))
    found.update(_months(edition))
    found.update(_titled(edition, "donations", edition.archive.donations))
    found.update(_titled(edition, "stories", edition.archive.stories))
    found.update(_photographs(edition))
    return found


def _days(edition: Edition) -> Iterator[tuple[str, Things]]:
    """A day: its records, the days beside it, the periods around it and how full they are."""
    days = edition.archive.days
    for before, slug, after in _neighbours(list(days)):
        records = days[slug]
        when = records[0].date
        around = edition.archive.covering(when.earliest) if when.is_day else ()
        periods = (f"{one} {len(days[one])}" for one in around)
        own = _with_photographs(edition, records)
        yield f"days/{slug}", (before, after, *periods, *own)


def _months(edition: Edition) -> Iterator[tuple[str, Things]]:
    """A month: all that begins in it, and the months beside it."""
    months: dict[str, list[Dated]] = {}
    for records in edition.archive.days.values():
        months.setdefault(records[0].date.month, []).extend(records)
    for before, month, after in _neighbours(sorted(months)):
        own = _with_photographs(edition, months[month])
        yield f"timeline/{month}", (before, after, *own)


def _titled(
    edition: Edition, folder: str, records: Sequence[Donation | Story]
) -> Iterator[tuple[str, Things]]:
    """A gift or a story: itself, and the titles of those beside it."""
    names = [f"{one.id} {one.title}" for one in records]
    for one, (before, _, after) in zip(records, _neighbours(names), strict=True):
        yield f"{folder}/{one.id}", (before, after, *_with_photographs(edition, (one,)))


def _photographs(edition: Edition) -> Iterator[tuple[str, Things]]:
    """A photograph: itself with the record it is in, and those beside it.

    The shelves on which it stands are named by what it says of itself, except for the page of a
    shelf of its month: which one that is depends on how many stand before it there.
    """
    photographs = edition.archive.photographs
    names = [f"{one.id} {one.title}" for one in photographs]
    before_it: dict[str, int] = {}
    for one, (before, _, after) in zip(photographs, _neighbours(names), strict=True):
        shelf = month_of(one.date) if one.date else NOTHING
        number = before_it[shelf] = before_it.get(shelf, -1) + 1
        things: Things = (before, after, f"{number}", _photograph(one), ref_of(one.owner))
        yield f"photos/{one.id}", things


def _with_photographs(edition: Edition, records: Iterable[Dated]) -> Iterator[Ref]:
    for one in records:
        yield ref_of(one)
        yield from map(_photograph, edition.archive.photographs_of.get(ref_of(one), ()))


def _photograph(one: Photograph) -> Ref:
    return Ref("photo", one.id)


def _neighbours(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each name between the one before and the one after it."""
    for (before, one), (_, after) in pairwise(pairwise((NOTHING, *names, NOTHING))):
        yield before, one, after


def month_of(when: EdtfDate) -> str:
    """The month that a photograph is shelved under, or the period that no single month holds."""
    return when.month if f"{when.latest:%Y-%m}" == when.month else when.slug
