"""The donation ledger: totals by item and unit, received against distributed; a page per gift."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.archive.statistics import Statistic
from generator.kinds.donation import Donation
from generator.pages.edition import Edition
from generator.pages.page import Page, SearchText, base_of
from generator.pages.rendering import make_page, view_of
from generator.pages.words import translator
from generator.values.text import strip_markdown

FOLDER = "donations"


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """What came in of one item, and what is known to have gone out again."""

    received: Statistic
    distributed: Statistic | None


def pages(edition: Edition) -> Iterator[Page]:
    """The ledger, then one page per gift."""
    t = translator(edition.language, "donations")
    archive = edition.archive
    yield make_page(
        edition,
        "donations/index.html",
        "donations/index.html",
        t("title"),
        t("description", title=archive.file.title, n=len(archive.donations)),
        totals=_totals(edition),
    )
    gifts = archive.donations
    for number, gift in enumerate(gifts):
        before = gifts[number - 1] if number else None
        after = gifts[number + 1] if number + 1 < len(gifts) else None
        yield _page(edition, gift, before, after)


def _totals(edition: Edition) -> tuple[ItemTotal, ...]:
    recorded = edition.figures.recorded
    return tuple(
        ItemTotal(figure, recorded.get(id.replace("item:", "distributed:", 1)))
        for id, figure in recorded.items()
        if id.startswith("item:")
    )


def _page(
    edition: Edition, gift: Donation, before: Donation | None, after: Donation | None
) -> Page:
    url = f"donations/{gift.id}.html"
    view = view_of(edition, FOLDER, base_of(url))
    photographs = view.photographs(gift)
    words = [item.item for item in gift.items]
    texts = [*words, view.donor(gift), gift.recipient or "", strip_markdown(gift.summary or "")]
    return make_page(
        edition,
        "donations/donation.html",
        url,
        gift.title,
        f"{view.date(gift.date)} · {view.donor(gift)} · {view.t('comma').join(words)}",
        search=SearchText(
            "donation",
            gift.title,
            " ".join(filter(None, texts)),
            date=view.date(gift.date),
            thumbnail=view.thumbnail(photographs),
            aliases=(gift.id,),
        ),
        picture=photographs[0] if photographs else None,
        linked={"@type": "DonateAction", "agent": view.donor(gift), "object": words},
        gift=gift,
        before={"url": f"{before.id}.html", "title": before.title} if before else None,
        after={"url": f"{after.id}.html", "title": after.title} if after else None,
    )
