"""What expressions become in plain Markdown: links, tables and pictures instead of HTML.

Enter: ids as written in prose, and a view whose addresses are files. Leave: Markdown.
"""

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from generator.archive.archive import Photograph, ref_of
from generator.archive.statistic import Statistic
from generator.kinds.fields import Ref
from generator.pages.narrative.expressions import Expressions
from generator.pages.plain_view import INDEX, PlainView, plain


class PlainExpressions(Expressions):
    """The same names as in hand-written pages of the site."""

    def __init__(self, view: PlainView) -> None:
        super().__init__(view)
        self._plain = view

    def _shown(self, figure: Statistic) -> Markup:
        return Markup(self._plain.figure_link(figure))

    def _counted(self, figure: Statistic) -> Markup:
        number = self._plain.amount(figure.quantity)
        return Markup(f"[{plain(number)}]({self._plain.figure_url(figure)})")

    def _link(self, ref: Ref, text: str) -> Markup:
        return Markup(self._plain.link(ref, text))

    def _block(self, template: str, **values: object) -> Markup:
        return Markup(_BLOCKS[template](self._plain, **values))


def _photo(view: PlainView, one: Photograph) -> str:
    return view.image(one)


def _hero(view: PlainView, one: Photograph | None) -> str:
    file = view.archive.file
    words = (file.subtitle, file.place, view.date(file.period), file.organisation)
    picture = [view.image(one)] if one else []
    return "\n\n".join((f"# {plain(file.title)}", *picture, *map(plain, filter(None, words))))


def _key_figures(view: PlainView, figures: Sequence[Statistic]) -> str:
    return "\n".join(
        f"- {plain(view.figure_title(one))}{view.t('colon')}{view.figure_link(one)}"
        f" ({view.t(one.origin)})"
        for one in figures
    )


def _breakdown(view: PlainView, rows: Sequence[Statistic], grouping: str) -> str:
    lines = [f"| {plain(view.value_of(one, grouping))} | {view.figure_link(one)} |" for one in rows]
    return "\n".join((f"| {plain(view.figure_label(rows[0]))} | |", "|---|---|", *lines))


def _pull_quote(view: PlainView, text: str) -> str:
    return f"> {plain(text)}"


def _gallery_strip(view: PlainView, shots: Sequence[Photograph]) -> str:
    return "\n\n".join((f"## {view.t('gallery')}", *map(view.image, shots)))


def _team(view: PlainView) -> str:
    people = "\n".join(f"- {view.link(ref_of(one))}" for one in view.archive.members)
    return f"## {view.t('team')}\n\n{people}"


def _take_part(view: PlainView) -> str:
    return f"## {view.t('take_part')}\n\n[{plain(view.archive.file.title)}]({view.base}{INDEX})"


_BLOCKS: dict[str, Callable[..., Any]] = {
    "photo.html": _photo,
    "hero.html": _hero,
    "key_figures.html": _key_figures,
    "breakdown.html": _breakdown,
    "pull_quote.html": _pull_quote,
    "gallery_strip.html": _gallery_strip,
    "team.html": _team,
    "take_part.html": _take_part,
}
"""By the template that a page of the site uses for it."""
