"""What depends on what: for each sheet the things that it shows of its own.

Enter: an edition. Leave: by the name of a sheet, references and plain texts. A sheet is made again
when one of its texts differs, when the content of one of its references does (of `every(kind)`: of
any record of the kind), or when anything does that all pages share (the archive's own file,
members, sources, settings, frames, program). A sheet that is not named here depends on everything.
Pure; nothing else decides this.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain, pairwise

from generator.archive.archive import Dated, Photograph, Pictured, ref_of
from generator.kinds.donation import Donation
from generator.kinds.fields import Ref
from generator.kinds.story import Story
from generator.pages.data.iiif import has_manifest
from generator.pages.edition import Edition
from generator.pages.gallery.shelves import KINDS, Place, month_of, pages_of, shelves

Things = tuple[Ref | str, ...]
NOTHING = ""


MOST_ON_INDEX = 300
"""Entries up to which the timeline's index shows all; beyond, it leads to the months instead."""
MOST_IN_FEEDS = 50
MOST_LISTED = 300
"""Activities and gifts on a member's page; beyond, its months lead to them."""


def every(kind: str) -> Ref:
    """All records of a kind, or all photographs: no id has a star."""
    return Ref(kind, "*")


def of_pages(edition: Edition) -> Iterator[tuple[str, Things]]:
    """Those of all that shows records, whatever is counted of them, but for tables."""
    few: dict[str, Things] = {
        "timeline": _index(edition),
        "stories": (every("story"),),
        "donations": (every("donation"),),
        "gallery": (every("photo"), *_owners(edition)),
        "contribute": (" ".join(sorted(map(":".join, edition.archive.records))),),
        "feeds": tuple(_with_photographs(edition, newest(edition) if edition.site_url else ())),
        "search": (),
        "members": (_every_amount(edition), *_of_members(edition)),
        "withdrawn": tuple(f"{one.ref} {one.date.text}" for one in edition.archive.withdrawn),
    }
    yield from few.items()
    days = edition.archive.days.items()
    shown = {slug: tuple(_with_photographs(edition, records)) for slug, records in days}
    yield from _days(edition, shown)
    yield from _months(shown)
    yield from _titled(edition, "donations", edition.archive.donations)
    yield from _titled(edition, "stories", edition.archive.stories)
    yield from _photographs(edition)
    yield from _shelves(edition)


def of_data(edition: Edition, named: Iterable[Ref] = ()) -> Iterator[tuple[str, Things]]:
    """Those of figures, charts and tables; `named` are the records whose titles stand in them."""
    yield from _figures(edition, named)
    yield from _tables(edition)


def _figures(edition: Edition, named: Iterable[Ref]) -> Iterator[tuple[str, Things]]:
    """Figures: all amounts, and where titles stand beside them, the records that are named.

    `named` are these (`Statistics.named`): they follow from the amounts, but only whoever has made
    those pages knows them. Figures of a year: its own amounts, and how gifts are counted. Of things
    in several units, gifts of other years decide in which one they are counted.
    """
    asked = (one.anchor for one in edition.asked)
    amounts: Things = (_every_amount(edition), every("source"), *asked)
    yield "figures", amounts
    for name in ("statistics", "statistics/reconciliation", "charts"):
        yield name, (*amounts, *sorted(named))
    portraits = _with_photographs(edition, edition.archive.members)
    yield "statistics/coverage", (*amounts, *sorted(named), *portraits)
    yield "data", (*amounts, *sorted(named), str(has_manifest(edition)))
    given = edition.figures.subjects.given.values()
    how = tuple(f"{one.id} {one.unit} {one.rule}" for one in given)
    for year, own in edition.amounts.items():
        yield f"data/series-{year}", (*how, own)


def _every_amount(edition: Edition) -> str:
    return " ".join(edition.amounts.values())


def _of_members(edition: Edition) -> Iterator[Ref]:
    """The team's pages: what they list of activities, and beside that only what figures count."""
    archive = edition.archive
    called = {name for one in archive.members for name in (one.id, one.name)}
    listed = chain.from_iterable(done[:MOST_LISTED] for done in archive.served.values())
    quoted = (one for one in archive.activities if any(quote.by in called for quote in one.quotes))
    yield from dict.fromkeys(map(ref_of, chain(listed, quoted)))
    yield from (every("donation"), every("photo"), *_owners(edition))


def _index(edition: Edition) -> Things:
    """The timeline's index: how much is on each day, of a small archive all that is."""
    archive = edition.archive
    days = " ".join(f"{slug}={len(records)}" for slug, records in archive.days.items())
    shown = archive.dated if len(archive.dated) <= MOST_ON_INDEX else ()
    return (days, *_with_photographs(edition, shown))


def newest(edition: Edition) -> tuple[Dated, ...]:
    """What feeds tell of, the last first: by their own dates, the only ones an archive knows."""
    dated = edition.archive.dated
    return tuple(nlargest(MOST_IN_FEEDS, dated, lambda one: (one.date.latest, one.id, one.path)))


def _owners(edition: Edition) -> Iterator[Ref]:
    yield from dict.fromkeys(ref_of(one.owner) for one in edition.archive.photographs)


def _tables(edition: Edition) -> Iterator[tuple[str, Things]]:
    """Tables: the records that give them rows; of a year, those that begin in it."""
    archive = edition.archive
    tables = (
        ("activity", "activities", ("activities", "figures")),
        ("donation", "donations", ("donations", "items", "distributions")),
        ("story", "stories", ("stories",)),
    )
    together: dict[str, list[Ref]] = {}
    for kind, source, names in tables:
        yield from ((f"data/{name}", (every(kind),)) for name in names)
        for year, records in archive.years[source].items():
            own = tuple(map(ref_of, records))
            yield from ((f"data/{name}-{year}", own) for name in names)
            together.setdefault(year, []).extend(own)
    people = tuple(_with_photographs(edition, archive.members))
    for year, refs in together.items():
        shown = (map(_photograph, archive.photographs_of.get(ref, ())) for ref in refs)
        yield f"data/archive-{year}", (*people, *refs, *chain.from_iterable(shown))
    yield from ((f"data/{name}", (every("source"),)) for name in ("sources", "claims"))
    owned = (every("photo"), *_owners(edition))
    yield from ((name, owned) for name in ("data/photographs", "iiif"))
    yield from ((f"data/{name}", ()) for name in ("members", "datapackage"))


def _days(edition: Edition, shown: Mapping[str, Things]) -> Iterator[tuple[str, Things]]:
    """A day: all that is `shown`, the days beside it, the periods around it, how full they are."""
    days = edition.archive.days
    for before, slug, after in _neighbours(list(days)):
        when = days[slug][0].date
        around = edition.archive.covering(when.earliest) if when.is_day else ()
        periods = (f"{one} {len(days[one])}" for one in around)
        yield f"days/{slug}", (before, after, *periods, *shown[slug])


def _months(shown: Mapping[str, Things]) -> Iterator[tuple[str, Things]]:
    """A month: all that is `shown` on days that begin in it, and the months beside it."""
    months: dict[str, list[Ref | str]] = {}
    for slug, own in shown.items():
        months.setdefault(slug[: len("2020-03")], []).extend(own)
    for before, month, after in _neighbours(sorted(months)):
        yield f"timeline/{month}", (before, after, *months[month])


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


def _shelves(edition: Edition) -> Iterator[tuple[str, Things]]:
    """A page of a shelf: its photographs with their records, and which pages are beside it."""
    for shelved in map(shelves(edition).__getitem__, KINDS):
        for before, place, after in pages_of(shelved):
            shelf, number = place
            own = shelf.pages[number]
            refs = (ref for one in own for ref in (_photograph(one), ref_of(one.owner)))
            texts = (*map(_shown, (before, place, after)), f"{len(shelf.photographs)}")
            yield f"gallery/{shelf.name(number)}", (*texts, *dict.fromkeys(refs))


def _shown(place: Place | None) -> str:
    """What the pages beside it show of a page of a shelf."""
    if place is None:
        return NOTHING
    shelf, number = place
    return f"{shelf.name(number)} {shelf.title} {len(shelf.pages)}"


def _with_photographs(edition: Edition, records: Iterable[Pictured]) -> Iterator[Ref]:
    for ref in map(ref_of, records):
        yield ref
        yield from map(_photograph, edition.archive.photographs_of.get(ref, ()))


def _photograph(one: Photograph) -> Ref:
    return Ref("photo", one.id)


def _neighbours(names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Each name between the one before and the one after it."""
    for (before, one), (_, after) in pairwise(pairwise((NOTHING, *names, NOTHING))):
        yield before, one, after
