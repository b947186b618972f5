"""The team by batch; a person's days, tasks, words and photographs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from markupsafe import Markup

from generator.archive.archive import Photograph, ref_of
from generator.kinds.activity import Activity, Quote
from generator.kinds.donation import Donation
from generator.kinds.fields import Ref
from generator.kinds.member import Member
from generator.pages import linked
from generator.pages.calendar import month_grids
from generator.pages.dependencies import MOST_LISTED
from generator.pages.edition import Edition
from generator.pages.page import Page, SearchText, base_of
from generator.pages.rendering import make_page
from generator.pages.view import View, view_of
from generator.pages.words import translator

Item = TypeVar("Item")

_MOST_MONTHS = 36  # calendars on a person's page; beyond, each month is a link with its days
_MOST_PHOTOGRAPHS = 60  # on a person's page; the gallery has all, some on each of its pages


@dataclass(frozen=True, slots=True)
class Service:
    """What a member did: activities in order, single days, tasks by frequency, words, pictures."""

    activities: tuple[Activity, ...]
    days: dict[str, int]
    tasks: tuple[tuple[str, int], ...]
    quotes: tuple[tuple[Activity, Quote], ...]
    gifts: tuple[Donation, ...]
    photographs: tuple[Photograph, ...]
    shelf: str
    """The gallery's page with all of them; its beginning where they have none of their own."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Members who came together; id and label are empty for those without a batch."""

    id: str
    label: str
    members: tuple[Member, ...]


def pages(edition: Edition) -> Iterator[Page]:
    """The team's page, then one page per member."""
    t = translator(edition.language, "members")
    archive = edition.archive
    done = _services(edition)
    yield make_page(
        edition,
        "members/index.html",
        "members/index.html",
        t("title"),
        t("description", title=archive.file.title, n=len(archive.members)),
        batches=_batches(edition),
    )
    for member in archive.members:
        yield _page(edition, member, done[member.id])


def _page(edition: Edition, member: Member, service: Service) -> Page:
    url = f"members/{member.id}.html"
    view = view_of(edition, "members", base_of(url))
    title = view.name(member) if member.name else view.t("unnamed_title", role=member.role)
    months = dict.fromkeys(slug[:7] for slug in service.days)
    few = months if len(months) <= _MOST_MONTHS else ()
    grids = month_grids(
        edition.archive, edition.language, lambda slug: f"../days/{slug}.html", service.days, few
    )
    return make_page(
        edition,
        "members/member.html",
        url,
        title,
        view.t("member_description", name=title, role=member.role),
        search=_search(view, member, title),
        picture=next(iter(view.photographs(member)), None),
        linked={"name": title} | linked.person(view, member),
        member=member,
        service=service,
        most_photographs=_MOST_PHOTOGRAPHS,
        grids=grids,
        days=Markup('<a class="figure" href="#days">{}</a>').format(len(service.days)),
        months=() if few else sorted(Counter(slug[:7] for slug in service.days).items()),
        most=MOST_LISTED,
        gifts=service.gifts,
    )


def _services(edition: Edition) -> dict[str, Service]:
    """What each member did, by id, after one look at every record."""
    archive = edition.archive
    quotes = _by_name(
        ((quote.by,), (activity, quote))
        for activity in archive.activities
        for quote in activity.quotes
    )
    shown = _by_name((one.photo.people, one) for one in archive.photographs)
    gifts = _by_name((one.via, one) for one in archive.donations)
    single = {one.id: one.date.slug for one in archive.activities if one.date.is_day}
    found = {}
    for member, served in zip(archive.members, edition.services, strict=True):
        activities = archive.served[member.id]
        days = Counter(single[one.id] for one in activities if one.id in single)
        own = archive.photographs_of.get(ref_of(member), ())
        called = (member.id, member.name)
        found[member.id] = Service(
            activities,
            dict(sorted(days.items())),
            served.tasks,
            _in_order(quotes, *called),
            _in_order(gifts, member.id),
            tuple(dict.fromkeys((*own, *_in_order(shown, *called)))),
            f"person-{member.id}" if own or member.id in shown else "index",
        )
    return found


_ByName = dict[str | None, dict[int, Item]]


def _by_name(named: Iterable[tuple[Iterable[str | None], Item]]) -> _ByName[Item]:
    """Things by each of the names they bear, with their place among all."""
    found: _ByName[Item] = {}
    for place, (names, one) in enumerate(named):
        for name in names:
            found.setdefault(name, {})[place] = one
    return found


def _in_order(found: _ByName[Item], *names: str | None) -> tuple[Item, ...]:
    """What bears any of the names, each once."""
    both = {place: one for name in names for place, one in found.get(name, {}).items()}
    return tuple(one for _, one in sorted(both.items(), key=itemgetter(0)))


def _batches(edition: Edition) -> tuple[Batch, ...]:
    gathered: dict[str, list[Member]] = {}
    for member in edition.archive.members:
        gathered.setdefault(member.batch or "", []).append(member)
    return tuple(
        Batch(id, edition.archive.label("batch", id), tuple(them)) for id, them in gathered.items()
    )


def _search(view: View, member: Member, title: str) -> SearchText:
    words = [member.role, view.label("batch", member.batch), view.excerpt(member.bio, 500)]
    refs = view.archive.photographs_of.get(Ref("member", member.id), ())
    return SearchText(
        "member",
        title,
        " ".join(filter(None, words)),
        thumbnail=view.thumbnail(refs),
        aliases=(member.id, *member.aliases),
    )
