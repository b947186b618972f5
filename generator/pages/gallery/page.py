"""The gallery by month, and one page per photograph with its record and how to cite it."""

from collections.abc import Iterator

from generator.archive.archive import Photograph, ref_of
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.page import Page, SearchText, base_of
from generator.pages.rendering import make_page, view_of
from generator.pages.view import View
from generator.pages.words import translator
from generator.values.dates import EdtfDate


def pages(edition: Edition) -> Iterator[Page]:
    """The index, then one page per photograph."""
    t = translator(edition.language, "gallery")
    photographs = edition.archive.photographs
    yield make_page(
        edition,
        "gallery/index.html",
        "gallery/index.html",
        t("title"),
        t("description", title=edition.archive.file.title, n=len(photographs)),
        months=_by_month(photographs),
    )
    for number, one in enumerate(photographs):
        before = photographs[number - 1] if number else None
        after = photographs[number + 1] if number + 1 < len(photographs) else None
        yield _page(edition, one, before, after)


def _by_month(photographs: tuple[Photograph, ...]) -> dict[str, list[Photograph]]:
    """Photographs by month (`2020-03`), or by the slug of a period that no single month holds.

    In order; those without a date under an empty key, last.
    """
    gathered: dict[str, list[Photograph]] = {}
    for one in photographs:
        gathered.setdefault(_month_or_period(one.date) if one.date else "", []).append(one)
    return dict(sorted(gathered.items(), key=lambda pair: (not pair[0], pair[0])))


def _month_or_period(when: EdtfDate) -> str:
    return when.month if f"{when.latest:%Y-%m}" == when.month else when.slug


def _page(
    edition: Edition, one: Photograph, before: Photograph | None, after: Photograph | None
) -> Page:
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
        one=one,
        owner=ref_of(one.owner),
        before={"url": f"{before.id}.html", "title": before.title} if before else None,
        after={"url": f"{after.id}.html", "title": after.title} if after else None,
    )


def _search(view: View, one: Photograph) -> SearchText:
    photo = one.photo
    words = [photo.alt, photo.credit, photo.place, photo.event, photo.background]
    people = [view.person(name) for name in photo.people]
    return SearchText(
        "photo",
        one.title,
        " ".join(filter(None, (*words, *people))),
        date=view.date(one.date) if one.date else "",
        thumbnail=view.thumbnail([one]),
        aliases=(one.id,),
    )
