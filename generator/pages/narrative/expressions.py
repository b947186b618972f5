"""The names that hand-written pages may use between `{{` and `}}`, and what each becomes.

Enter: ids as written in prose. Leave: HTML that is safe to stand in Markdown. Raises
`ExpressionError`, with the nearest known id, for anything that is not in the archive.
"""

from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from generator.archive.archive import Photograph
from generator.archive.statistics import Statistic
from generator.kinds.fields import Ref
from generator.pages.rendering import render
from generator.pages.view import View
from generator.values.identifiers import closest


class ExpressionError(ValueError):
    """An expression that the archive cannot answer; `near` is what may have been meant."""

    def __init__(self, message: str, near: str | None = None) -> None:
        super().__init__(message)
        self.near = near


_STRIP = 8  # photographs in the strip at the end of the narrative


class Expressions:
    """One method for each name; every method returns HTML."""

    def __init__(self, view: View) -> None:
        self._view = view

    def names(self) -> dict[str, object]:
        """The names that prose may use."""
        return {name: getattr(self, name) for name in NAMES}

    def figure(self, id: str, of: str = "received") -> Markup:
        """A figure with its unit, linked to its records; `of="distributed"` for what went out."""
        if of == "distributed":
            id = id.replace("item:", "distributed:", 1)
        figure = self._figure(id)
        link = Markup('<a class="figure" href="{}" title="{}">{}</a>')
        view = self._view
        return link.format(view.figure_url(figure), view.t(figure.origin), view.figure(figure))

    def count(self, of: str, **by: str) -> Markup:
        """How many members, activities, days, donations, stories or photographs there are."""
        figure = self._figure(":".join((of, *by.values())))
        link = Markup('<a class="figure" href="{}">{}</a>')
        return link.format(self._view.figure_url(figure), self._view.amount(figure.quantity))

    def day(self, day: str, text: str = "") -> Markup:
        """A day, linked to its page."""
        slug = day.replace("/", "_")
        days = self._view.archive.days
        if slug not in days:
            raise self._unknown(day, days)
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
        return self._block("key_figures.html", figures=[self._figure(id) for id in ids])

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

    def _block(self, template: str, **values: object) -> Markup:
        """A block of HTML without blank lines, so that Markdown takes it as one."""
        html = render(self._view, f"narrative/{template}", **values)
        return Markup("\n".join(line for line in html.splitlines() if line.strip()))

    def _record(self, kind: str, id: str, text: str) -> Markup:
        ref = Ref(kind, id)
        records = self._view.archive.records
        if ref not in records:
            raise self._unknown(id, (one.id for one in records if one.kind == kind))
        return self._link(ref, text or self._view.title(ref))

    def _link(self, ref: Ref, text: str) -> Markup:
        return Markup('<a href="{}">{}</a>').format(self._view.url(ref), text)

    def _figure(self, id: str) -> Statistic:
        figures = self._view.edition.figures
        figure = figures.best(id)
        if figure is None:
            raise self._unknown(id, (*figures.ids, *self._view.archive.measures))
        return figure

    def _photograph(self, id: str) -> Photograph:
        photographs = self._view.archive.photograph
        if id in photographs:
            return photographs[id]
        for one in photographs.values():
            if one.photo.file == id:
                return one
        raise self._unknown(id, photographs)

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

    @staticmethod
    def _unknown(id: str, known: Iterable[str]) -> ExpressionError:
        names = sorted(known)
        return ExpressionError(f"没有 “{id}”（not in the archive）", closest(id, names))


NAMES = (
    "activity", "count", "day", "donation", "figure", "gallery_strip", "hero", "key_figures",
    "member", "photo", "pull_quote", "story", "take_part", "team",
)  # fmt: skip
