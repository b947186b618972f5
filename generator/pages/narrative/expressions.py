"""The names that hand-written pages may use between `{{` and `}}`, and what each becomes.

Enter: ids as written in prose. Leave: HTML that is safe to stand in Markdown. Raises
`ExpressionError`, with the nearest known id, for anything that is not in the archive.
"""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from generator.archive.archive import Photograph
from generator.archive.statistic import Statistic
from generator.kinds.fields import Ref
from generator.pages.narrative.options import (
    ExpressionError,
    grouping_of,
    resolved,
    selection_of,
    unknown,
)
from generator.pages.view import View

_STRIP = 8  # photographs in the strip at the end of the narrative
_MOST_ROWS = 100  # of a breakdown; more is no table that anybody reads
_PARTS = ("received", "distributed", "left")


class Expressions:
    """One method for each name; every method returns HTML."""

    def __init__(self, view: View) -> None:
        self._view = view
        self.asked: dict[str, Statistic] = {}
        """Every figure that was asked for, each once; the statistics page lists them all."""

    def names(self) -> dict[str, object]:
        """The names that prose may use."""
        return {name: getattr(self, name) for name in NAMES}

    def figure(self, id: str, of: str = "received", **options: str) -> Markup:
        """A figure with its unit, linked to its records.

        `of="distributed"` and `of="left"` are what went out of an item and what did not;
        `since`, `until`, `during`, `task`, `member`, `batch`, `category`, `donor` narrow it.
        """
        return self._shown(self._figure(_part_of(id, of), options))

    def count(self, of: str, **options: str) -> Markup:
        """How many members, activities, days, donations, stories or photographs there are."""
        return self._counted(self._figure(of, options))

    def breakdown(self, id: str, by: str, of: str = "received", **options: str) -> Markup:
        """A small table of a figure by day, week, month, task, member, batch, category or donor."""
        id = _part_of(id, of)
        if id not in self._view.edition.figures.subjects:
            raise self._unknown(id)
        grouping = grouping_of(self._view, id, by)
        rows = self._view.edition.figures.grouped(
            id, grouping, selection_of(self._view, id, options)
        )
        if not rows:
            raise _nothing(id)
        if len(rows) > _MOST_ROWS:
            raise ExpressionError(
                f'分成了 {len(rows)} 行，太长；换成 by="month"，或用 since、until 缩短'
                f"（{len(rows)} rows are too many）"
            )
        self.asked |= {f"{one.origin} {one.id}": one for one in rows}
        return self._block("breakdown.html", rows=rows, grouping=grouping)

    def day(self, day: str, text: str = "") -> Markup:
        """A day, linked to its page."""
        slug = resolved(self._view, "day", day.replace("/", "_")).id
        days = self._view.archive.days
        if slug not in days:
            raise unknown(day, days)
        return self._link(Ref("day", slug), text or self._short(slug))

    def member(self, id: str, text: str = "") -> Markup:
        """A member's name, linked to their page."""
        return self._record("member", id, text)

    def activity(self, id: str, text: str = "") -> Markup:
        """An activity, linked to its place on the day's page."""
        return self._record("activity", id, text)

    def donation(self, id: str, text: str = "") -> Markup:
        """A gift, linked to its page."""
        return self._record("donation", id, text)

    def story(self, id: str, text: str = "") -> Markup:
        """A story, linked to its page."""
        return self._record("story", id, text)

    def photo(self, id: str) -> Markup:
        """A photograph with its caption, wider than the text; by id or by file name."""
        return self._block("photo.html", one=self._photograph(id))

    def hero(self) -> Markup:
        """The opening: picture, title, place and period."""
        id = self._view.archive.file.hero
        return self._block("hero.html", one=self._photograph(id) if id else None)

    def key_figures(self, *ids: str) -> Markup:
        """A band of linked figures, each saying whether it is recorded or reported."""
        return self._block("key_figures.html", figures=[self._figure(id, {}) for id in ids])

    def pull_quote(self, text: str) -> Markup:
        """A sentence set large."""
        return self._block("pull_quote.html", text=text)

    def gallery_strip(self) -> Markup:
        """A few photographs, and the way to all of them."""
        return self._block("gallery_strip.html", shots=self._view.archive.photographs[:_STRIP])

    def team(self) -> Markup:
        """The members by name."""
        return self._block("team.html")

    def take_part(self) -> Markup:
        """How to help."""
        return self._block("take_part.html")

    def _shown(self, figure: Statistic) -> Markup:
        link = Markup('<a class="figure" href="{}" title="{}">{}</a>')
        view = self._view
        return link.format(view.figure_url(figure), view.t(figure.origin), view.figure(figure))

    def _counted(self, figure: Statistic) -> Markup:
        link = Markup('<a class="figure" href="{}">{}</a>')
        return link.format(self._view.figure_url(figure), self._view.amount(figure.quantity))

    def _block(self, template: str, **values: object) -> Markup:
        """A block of HTML without blank lines, so that Markdown takes it as one."""
        from generator.pages.rendering import render  # a check lays nothing out

        html = render(self._view, f"narrative/{template}", **values)
        return Markup("\n".join(line for line in html.splitlines() if line.strip()))

    def _record(self, kind: str, id: str, text: str) -> Markup:
        ref = resolved(self._view, kind, id)
        records = self._view.archive.records
        if ref not in records:
            raise unknown(id, (one.id for one in records if one.kind == kind))
        return self._link(ref, text or self._view.title(ref))

    def _link(self, ref: Ref, text: str) -> Markup:
        return Markup('<a href="{}">{}</a>').format(self._view.url(ref), text)

    def _figure(self, id: str, options: Mapping[str, str]) -> Statistic:
        figures = self._view.edition.figures
        if figures.best(id) is None:
            raise self._unknown(id)
        figure = figures.best(id, selection_of(self._view, id, options))
        if figure is None:
            raise _nothing(id)
        self.asked[f"{figure.origin} {figure.id}"] = figure
        return figure

    def _unknown(self, id: str) -> ExpressionError:
        return unknown(id, (*self._view.edition.figures.ids, *self._view.archive.measures))

    def _photograph(self, id: str) -> Photograph:
        photographs = self._view.archive.photograph
        id = resolved(self._view, "photo", id).id
        if id in photographs:
            return photographs[id]
        for one in photographs.values():
            if one.photo.file == id:
                return one
        raise unknown(id, photographs)

    def _short(self, slug: str) -> str:
        """A single day without its year: prose has said which year it is."""
        words = self._view.span(slug)
        first = self._view.archive.file.period.earliest.year
        last = self._view.archive.file.period.latest.year
        same_year = first == last and slug.startswith(f"{first:04d}-") and "_" not in slug
        if not same_year:
            return words
        day = date.fromisoformat(slug)
        return words.removeprefix(f"{day.year}年").removesuffix(f" {day.year}")


def _part_of(id: str, of: str) -> str:
    """The id of what came in, went out or is left of an item."""
    if of not in _PARTS:
        raise unknown(of, _PARTS)
    prefix = "item:" if of == "received" else f"{of}:"
    return id.replace("item:", prefix, 1) if id.startswith("item:") else id


def _nothing(id: str) -> ExpressionError:
    return ExpressionError(f"“{id}” 在这个范围里没有记录（nothing on record there）")


NAMES = (
    "activity", "breakdown", "count", "day", "donation", "figure", "gallery_strip", "hero",
    "key_figures", "member", "photo", "pull_quote", "story", "take_part", "team",
)  # fmt: skip


class Trial(Expressions):
    """The same names, looked up and asked for, but nothing laid out: for checking a page."""

    def _block(self, template: str, **values: object) -> Markup:
        return Markup("")
