"""Day pages: all of a day (or period), with the day before and the day after."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.story import Story
from generator.pages.edition import Edition
from generator.pages.page import Page, SearchText, base_of
from generator.pages.rendering import make_page
from generator.pages.sheet import Sheet, single
from generator.pages.view import View, view_of
from generator.values.text import strip_markdown


def sheets(edition: Edition) -> Iterator[Sheet]:
    """One page per day or period, in order."""
    slugs = list(edition.archive.days)
    for number, slug in enumerate(slugs):
        before = slugs[number - 1] if number else None
        after = slugs[number + 1] if number + 1 < len(slugs) else None
        page = partial(_page, edition, slug, before, after)
        yield single(f"days/{slug}", page, near=slug[:7])


def _page(edition: Edition, slug: str, before: str | None, after: str | None) -> Page:
    archive = edition.archive
    records = archive.days[slug]
    url = f"days/{slug}.html"
    view = view_of(edition, "days", base_of(url))
    when = records[0].date
    day = when.earliest if when.is_day else None
    activities = [one for one in records if isinstance(one, Activity)]
    donations = [one for one in records if isinstance(one, Donation)]
    stories = [one for one in records if isinstance(one, Story)]
    title = _title(view, slug, day)
    pictured = [photo for one in records for photo in view.photographs(one)]
    return make_page(
        edition,
        "days/day.html",
        url,
        title,
        view.t("separator").join(one.title for one in records),
        search=_search(view, title, slug, day, activities),
        picture=pictured[0] if pictured else None,
        linked={
            "@type": "Event",
            "startDate": when.earliest.isoformat(),
            "endDate": when.latest.isoformat(),
            "location": archive.file.place or archive.file.organisation,
        },
        slug=slug,
        day=day,
        day_number=view.day_number(day) if day else None,
        activities=activities,
        donations=donations,
        stories=stories,
        periods=archive.covering(day) if day else (),
        before=_neighbour(view, before),
        after=_neighbour(view, after),
    )


def _title(view: View, slug: str, day: date | None) -> str:
    words = view.span(slug)
    if day is None:
        return words
    parts = (words, view.weekday(day))
    return " ".join(parts if view.edition.language == "zh" else reversed(parts))


def _neighbour(view: View, slug: str | None) -> dict[str, str] | None:
    return {"url": f"{slug}.html", "title": view.span(slug)} if slug else None


def _search(
    view: View, title: str, slug: str, day: date | None, activities: list[Activity]
) -> SearchText:
    """The day's own entries; gifts, stories and photographs are found by pages of their own."""
    texts = []
    for one in activities:
        texts += [one.title, view.label("task", one.task), strip_markdown(one.summary or "")]
        texts += [quote.text for quote in one.quotes]
        texts += [view.person(id) for id in one.members if not one.everyone]
    short = f"{day.month}月{day.day}日" if day else ""
    shown = [one for activity in activities for one in view.photographs(activity)]
    return SearchText(
        "day",
        title,
        " ".join(filter(None, texts)),
        date=view.span(slug),
        thumbnail=view.thumbnail(shown),
        aliases=tuple(filter(None, (slug, short))),
    )
