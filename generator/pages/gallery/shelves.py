"""The gallery's shelves: photographs by month, task, person and place, each with its address.

Enter: an edition. Leave: shelves in order, none empty, cut into pages that a telephone can load.
Pure; what stands on a shelf is what this audience may see.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.archive.archive import Archive, Photograph
from generator.kinds.activity import Activity
from generator.kinds.fields import Ref
from generator.kinds.member import Member
from generator.pages.edition import Edition
from generator.pages.view import View, view_of
from generator.values.dates import EdtfDate
from generator.values.identifiers import slugify

PER_PAGE = 240
"""Photographs on one page: some 300 kB of HTML, far below the million that is too much."""

Kind = Literal["month", "task", "person", "place"]
KINDS: tuple[Kind, ...] = ("month", "task", "person", "place")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Photographs that belong together, in chronological order; `slug` names their page."""

    kind: Kind
    slug: str
    title: str
    photographs: tuple[Photograph, ...]

    @property
    def pages(self) -> tuple[tuple[Photograph, ...], ...]:
        """The photographs page by page."""
        starts = range(0, len(self.photographs), PER_PAGE)
        return tuple(self.photographs[at : at + PER_PAGE] for at in starts)

    def file(self, number: int = 0) -> str:
        """The file name of the page of that number, from 0."""
        return f"{self.name(number)}.html"

    def name(self, number: int) -> str:
        """The same without its ending; no id has an underscore."""
        return f"{self.slug}_{number + 1}" if number else self.slug


Place = tuple[Shelf, int]
"""A page of a shelf: the shelf, and the number of the page from 0."""


def shelves(edition: Edition) -> dict[Kind, tuple[Shelf, ...]]:
    """Every shelf, by kind: months in order, the others with the fullest first."""
    made: dict[Kind, tuple[Shelf, ...]] | None = edition.remembered.get("shelves")
    if made is None:
        made = edition.remembered["shelves"] = _made(view_of(edition, "gallery", "../"))
    return made


def pages_of(shelves: Iterable[Shelf]) -> Iterator[tuple[Place | None, Place, Place | None]]:
    """Every page of the shelves of a kind, between the one before and the one after it."""
    places = [(shelf, number) for shelf in shelves for number in range(len(shelf.pages))]
    yield from zip([None, *places], places, [*places[1:], None], strict=False)


def month_of(when: EdtfDate) -> str:
    """The month that a photograph is shelved under, or the period that no single month holds."""
    return when.month if f"{when.latest:%Y-%m}" == when.month else when.slug


def _made(view: View) -> dict[Kind, tuple[Shelf, ...]]:
    archive = view.archive
    shots = archive.photographs
    return {
        "month": _shelved("month", shots, lambda one: [_month(one, view)], in_time=True),
        "task": _shelved("task", shots, lambda one: _task(one, view)),
        "person": _shelved("person", shots, lambda one: _people(one, view)),
        "place": _shelved("place", shots, lambda one: _place(one, archive)),
    }


def _shelved(
    kind: Kind,
    photographs: Sequence[Photograph],
    places: Callable[[Photograph], Iterable[tuple[str, str]]],
    *,
    in_time: bool = False,
) -> tuple[Shelf, ...]:
    """Shelves made of what `places` says of each photograph: slugs, and the titles shown."""
    gathered: dict[str, list[Photograph]] = {}
    titles: dict[str, str] = {}
    for one in photographs:
        for slug, title in places(one):
            titles.setdefault(slug, title)
            shelf = gathered.setdefault(slug, [])
            if not shelf or shelf[-1] is not one:  # a name may be written twice
                shelf.append(one)
    made = [Shelf(kind, slug, titles[slug], tuple(ones)) for slug, ones in gathered.items()]
    if in_time:
        return tuple(sorted(made, key=lambda shelf: (shelf.slug == UNDATED, shelf.slug)))
    return tuple(sorted(made, key=lambda shelf: (-len(shelf.photographs), shelf.slug)))


UNDATED = "undated"


def _month(one: Photograph, view: View) -> tuple[str, str]:
    """The month, or the period that no single month holds."""
    if one.date is None:
        return UNDATED, view.t("undated")
    slug = month_of(one.date)
    return slug, view.month(slug) if slug == one.date.month else view.span(slug)


def _task(one: Photograph, view: View) -> list[tuple[str, str]]:
    if not isinstance(one.owner, Activity):
        return []
    return [(f"task-{one.owner.task}", view.label("task", one.owner.task))]


def _people(one: Photograph, view: View) -> list[tuple[str, str]]:
    """The members shown; a portrait shows the one whose it is."""
    ids = [*one.photo.people, *([one.owner.id] if isinstance(one.owner, Member) else [])]
    members = ((id, view.member(id)) for id in ids)
    return [(f"person-{id}", view.name(member)) for id, member in members if member is not None]


def _place(one: Photograph, archive: Archive) -> list[tuple[str, str]]:
    written = one.photo.place or (one.owner.place if isinstance(one.owner, Activity) else None)
    if not written:
        return []
    if Ref("place", written) in archive.terms:
        return [(f"place-{written}", archive.label("place", written))]
    # A place in free words has no id: a digest of the words is as lasting as they are.
    digest = hashlib.sha256(written.encode("utf-8")).hexdigest()[:8]
    return [("-".join(filter(None, ("place", slugify(written)[:24], digest))), written)]
