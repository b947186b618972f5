"""The gallery by month, task, person and place, and one page per photograph with its record."""

from collections.abc import Iterator, Mapping
from functools import partial
from operator import attrgetter

from generator.archive.archive import Photograph, ref_of
from generator.kinds.member import Member
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.gallery.shelves import KINDS, Kind, Place, Shelf, pages_of, shelves
from generator.pages.page import Page, SearchText, base_of
from generator.pages.rendering import make_page
from generator.pages.sheet import Sheet, single
from generator.pages.view import View, view_of

IN_FULL = 60
"""Up to so many photographs the index shows them all; beyond, the beginning of each month."""

OF_A_MONTH = 6
"""Photographs of each month that the index of a larger gallery shows."""


def sheets(edition: Edition) -> Iterator[Sheet]:
    """The index, the pages of the shelves, then one page per photograph."""
    view = view_of(edition, "gallery", "../")
    shelved = shelves(edition)
    yield single("gallery", partial(_index, edition, view, shelved))
    for kind in KINDS:
        for before, place, after in pages_of(shelved[kind]):
            shelf, number = place
            make = partial(_shelf, edition, view, before, place, after)
            yield single(f"gallery/{shelf.name(number)}", make)
    for number, one in enumerate(edition.archive.photographs):
        near = one.date.month if one.date else ""
        yield single(f"photos/{one.id}", partial(_page, edition, number), near=near)


def _index(edition: Edition, view: View, shelved: Mapping[Kind, tuple[Shelf, ...]]) -> Page:
    total = len(edition.archive.photographs)
    return make_page(
        edition,
        "gallery/index.html",
        "gallery/index.html",
        view.t("title"),
        view.t("description", title=edition.archive.file.title, n=total),
        shelved=shelved,
        most=IN_FULL if total <= IN_FULL else OF_A_MONTH,
    )


def _shelf(
    edition: Edition, view: View, before: Place | None, place: Place, after: Place | None
) -> Page:
    """A page of a shelf; beside it are its other pages, then those of the shelves beside it."""
    shelf, number = place
    photographs = shelf.pages[number]
    title = _title(view, shelf, number)
    return make_page(
        edition,
        "gallery/shelf.html",
        f"gallery/{shelf.file(number)}",
        title,
        view.t("description", title=title, n=len(photographs)),
        picture=photographs[0],
        shelf=shelf,
        photographs=photographs,
        before=_way(view, before),
        after=_way(view, after),
    )


def _title(view: View, shelf: Shelf, number: int) -> str:
    if len(shelf.pages) == 1:
        return shelf.title
    return view.t("part", title=shelf.title, n=number + 1, of=len(shelf.pages))


def _way(view: View, to: Place | None) -> dict[str, str] | None:
    return {"url": to[0].file(to[1]), "title": _title(view, *to)} if to else None


def _places(edition: Edition) -> dict[str, tuple[Shelf, ...]]:
    """The shelves on which each photograph stands, by its id; that of its month is the first.

    Of several people by their addresses: which shelf is fuller depends on other photographs.
    """
    places: dict[str, tuple[Shelf, ...]] = edition.remembered.setdefault("places", {})
    if not places:
        for kind in KINDS:
            for shelf in sorted(shelves(edition)[kind], key=attrgetter("slug")):
                for one in shelf.photographs:
                    places[one.id] = (*places.get(one.id, ()), shelf)
    return places


def _page(edition: Edition, number: int) -> Page:
    photographs = edition.archive.photographs
    one = photographs[number]
    before = photographs[number - 1] if number else None
    after = photographs[number + 1] if number + 1 < len(photographs) else None
    month, *others = _places(edition)[one.id]
    url = f"photos/{one.id}.html"
    view = view_of(edition, "gallery", base_of(url))
    picture = view.picture(one)
    linked = {"@type": "Photograph", "name": one.title, "caption": one.photo.caption}
    if picture and edition.site_url:
        address = f"{edition.site_url.rstrip('/')}/{PHOTO_FOLDER}{picture.largest.name}"
        linked["image"] = address
    return make_page(
        edition,
        "gallery/photograph.html",
        url,
        one.title,
        one.photo.alt or one.title,
        search=_search(view, one),
        picture=one,
        linked=linked,
        author=one.photo.credit or "",
        one=one,
        owner=ref_of(one.owner),
        day=None if isinstance(one.owner, Member) else one.owner.date.slug,
        month=month,
        month_url=f"../gallery/{_file_of(month, one)}#photo-{one.id}",
        also=others,
        before={"url": f"{before.id}.html", "title": before.title} if before else None,
        after={"url": f"{after.id}.html", "title": after.title} if after else None,
    )


def _file_of(shelf: Shelf, one: Photograph) -> str:
    """The page of a shelf on which a photograph stands."""
    number = next(number for number, part in enumerate(shelf.pages) if one in part)
    return shelf.file(number)


def _search(view: View, one: Photograph) -> SearchText:
    photo = one.photo
    words = [
        photo.alt,
        photo.credit,
        view.label("place", photo.place),
        photo.event,
        photo.background,
    ]
    people = [view.person(name) for name in photo.people]
    return SearchText(
        "photo",
        one.title,
        " ".join(filter(None, (*words, *people))),
        date=view.date(one.date) if one.date else "",
        thumbnail=view.thumbnail([one]),
        aliases=(one.id,),
    )
