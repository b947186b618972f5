"""The donation ledger: totals by item and unit, received against distributed; a page per gift."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.archive.statistics import Statistic, handed_on_of
from generator.kinds.donation import Donation
from generator.pages import linked
from generator.pages.edition import Edition
from generator.pages.page import Page, SearchText, base_of
from generator.pages.rendering import make_page
from generator.pages.sheet import Sheet, single
from generator.pages.view import view_of
from generator.pages.words import translator
from generator.values.text import strip_markdown

FOLDER = "donations"
_ON_A_LEAF = 300  # gifts of the ledger on one page


@dataclass(frozen=True, slots=True)
class ItemTotal:
    """What came in of one item, and what is known to have gone out again."""

    received: Statistic
    distributed: Statistic | None
    left: Statistic | None


def sheets(edition: Edition) -> Iterator[Sheet]:
    """The ledger, then one page per gift."""
    yield Sheet("donations", partial(_ledger, edition))
    gifts = edition.archive.donations
    for number, gift in enumerate(gifts):
        before = gifts[number - 1] if number else None
        after = gifts[number + 1] if number + 1 < len(gifts) else None
        page = partial(_page, edition, gift, before, after)
        yield single(f"donations/{gift.id}", page, near=gift.date.month)


def _ledger(edition: Edition) -> Iterator[Page]:
    t = translator(edition.language, "donations")
    archive = edition.archive
    gifts = archive.donations
    leaves = [gifts[first : first + _ON_A_LEAF] for first in range(0, len(gifts), _ON_A_LEAF)]
    for number, leaf in enumerate(leaves or [()]):
        yield make_page(
            edition,
            "donations/index.html",
            _leaf_url(number),
            t("leaf_title", n=number + 1) if number else t("title"),
            t("description", title=archive.file.title, n=len(gifts)),
            totals=() if number else _totals(edition),
            leaf=leaf,
            number=number,
            leaves=[_leaf_url(other).rpartition("/")[2] for other in range(len(leaves))],
        )


def _leaf_url(number: int) -> str:
    """The address of a page of the ledger; no id of a gift can hold a `_`."""
    return f"donations/ledger_{number + 1}.html" if number else "donations/index.html"


def _totals(edition: Edition) -> tuple[ItemTotal, ...]:
    recorded = edition.figures.recorded
    return tuple(
        ItemTotal(
            figure,
            recorded[gone.id] if (gone := handed_on_of(edition.figures.subjects, id)) else None,
            recorded.get(id.replace("item:", "left:", 1)),
        )
        for id, figure in recorded.items()
        if figure.group == "received"
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
        linked=linked.gift(view, gift),
        gift=gift,
        before={"url": f"{before.id}.html", "title": before.title} if before else None,
        after={"url": f"{after.id}.html", "title": after.title} if after else None,
    )
