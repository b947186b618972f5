"""What templates may ask: addresses, words for values, pictures. One `View` for a kind of page."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from markupsafe import Markup

from generator.archive.archive import KIND_OF, Archive, Dated, Photograph, Pictured, ref_of
from generator.archive.statistic import Group, Statistic, thing_anchor, total_anchor
from generator.archive.subjects import unit_of
from generator.archive.totals import NO_SPAN, SPANS, days_of_week
from generator.kinds.activity import Activity, Figure
from generator.kinds.donation import Donation
from generator.kinds.fields import Record, Ref
from generator.kinds.member import Member
from generator.kinds.source import Source
from generator.kinds.story import Story
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.words import Translate, translator
from generator.photos.plan import Picture
from generator.problems.problem import Language
from generator.values.dates import (
    EdtfDate,
    date_in_words,
    month_in_words,
    parse_date,
    weekday_in_words,
)
from generator.values.quantities import Quantity, amount_in_words, number_in_digits
from generator.values.text import excerpt, strip_markdown

_DIGITS = re.compile(r"(\D*)(\d(?:[\d,.–-]*\d)?)?(.*)", re.DOTALL)
_GAP = re.compile(r"(?<=[，。：；！？”）]) ")
_FOLDERS = {"member": "members", "donation": "donations", "story": "stories", "photo": "photos"}


@lru_cache(maxsize=256)
def _span(slug: str, language: Language) -> str:
    """A day's words stand on its own page, and on those before and after it."""
    return date_in_words(parse_date(slug.replace("_", "/")), language)


@dataclass(frozen=True)
class View:
    """The edition as one page sees it; `base` leads from that page to the site's root."""

    edition: Edition
    base: str
    t: Translate

    @cached_property
    def archive(self) -> Archive:
        """The archive that this audience may see."""
        return self.edition.archive

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What is made once for all pages that see the same."""
        return {}

    def url(self, ref: Ref) -> str:
        """The address of a record, day, photograph or source, relative to the page."""
        if ref.kind == "day":
            return f"{self.base}days/{ref.id}.html"
        if ref.kind == "source":
            return f"{self.base}statistics/reconciliation.html#source-{ref.id}"
        if ref.kind in _FOLDERS:
            return f"{self.base}{_FOLDERS[ref.kind]}/{ref.id}.html"
        record = self.archive.records[ref]
        assert isinstance(record, Activity)
        return f"{self.base}days/{record.date.slug}.html#activity-{ref.id}"

    def record_url(self, record: Record) -> str:
        """The address of a record."""
        return self.url(ref_of(record))

    def figure_url(self, figure: Statistic) -> str:
        """Where a figure's records are listed."""
        return f"{self._statistics}#{figure.anchor}"

    def measure_url(self, figure: Figure) -> str:
        """Where everything recorded of a measure is listed."""
        return f"{self._statistics}#{total_anchor(figure.measure)}"

    def thing_url(self, group: Group, name: str, unit: str | None) -> str:
        """Where all gifts of a thing in units of that kind are listed, or where they went."""
        dimension = unit_of(self.archive, unit).dimension
        return f"{self._statistics}#{thing_anchor(group, name, dimension)}"

    @property
    def _statistics(self) -> str:
        return f"{self.base}statistics/index.html"

    def tally(self, id: str) -> Markup:
        """A recorded total, linked to where its records are listed: for a number in a sentence."""
        figure = self.edition.figures.recorded[id]
        link = Markup('<a class="figure" href="{}">{}</a>')
        return link.format(self.figure_url(figure), self.amount(figure.quantity))

    def here(self, id: str, n: int) -> Markup:
        """A number linked to the list on the same page that it counts."""
        return Markup('<a class="figure" href="#{}">{}</a>').format(id, self.digits(n))

    def digits(self, n: int) -> str:
        """A number as every page shows it: 9999, 25,600."""
        return number_in_digits(Decimal(n))

    def title(self, ref: Ref) -> str:
        """What a list calls the thing referred to."""
        if ref.kind == "day":
            return self.date(self.archive.days[ref.id][0].date)
        if ref.kind == "photo":
            return self.archive.photograph[ref.id].title
        record = self.archive.records[ref]
        if isinstance(record, Member):
            return self.name(record)
        assert isinstance(record, Activity | Donation | Story | Source)
        return record.title

    def noted(self, one: Ref | Dated | Source | Photograph) -> str:
        """The same beside a figure, of a record or photograph too: a page of figures is made again
        when that changes, and not for the titles of others."""
        if not isinstance(one, Ref):
            return self.edition.figures.title(one)
        if one.kind == "photo":
            return self.noted(self.archive.photograph[one.id])
        record = self.archive.records.get(one)
        if isinstance(record, Activity | Donation | Story | Source):
            return self.noted(record)
        return self.title(one)

    def name(self, member: Member) -> str:
        """A member's name as this audience may see it; a gap says so."""
        return member.name or self.t("unnamed")

    def member(self, id: str) -> Member | None:
        """The member of that id, if this audience may see them."""
        record = self.archive.records.get(Ref("member", id))
        return record if isinstance(record, Member) else None

    def person(self, written: str) -> str:
        """A person named in a caption or quote: a member's name, or the words as written."""
        member = self.member(written)
        return self.name(member) if member else written

    def label(self, kind: str, id: str | None) -> str:
        """The shown name of a vocabulary entry."""
        return self.archive.label(kind, id)

    def date(self, when: EdtfDate) -> str:
        """A date in words."""
        return date_in_words(when, self.edition.language)

    def when(self, when: EdtfDate) -> Markup:
        """A date in words, marked as one beside numbers that count something."""
        return Markup('<span class="when">{}</span>').format(self.date(when))

    def weekday(self, day: datetime.date) -> str:
        """A day of the week in words."""
        return weekday_in_words(day, self.edition.language)

    def month(self, month: str) -> str:
        """A month (`2020-03`) in words."""
        return month_in_words(month, self.edition.language)

    def day_number(self, day: datetime.date) -> int | None:
        """Which day of the work it was, from 1; nothing before the work began."""
        began = self.archive.file.began or self.archive.file.period
        number = (day - began.earliest).days + 1
        return number if number >= 1 else None

    def amount(self, quantity: Quantity | None, unit: str = "") -> str:
        """A quantity with its unit: 406栋, 约700份, 8000斤以上."""
        if quantity is None:
            return self.t("quantity_unknown")
        return amount_in_words(quantity, unit, self.edition.language)

    def figure(self, figure: Statistic) -> str:
        """A figure in words."""
        return self.amount(figure.quantity, figure.unit)

    def parted(self, words: str) -> tuple[str, str, str]:
        """A quantity in words, parted: what precedes its digits, the digits, what follows them."""
        before, digits, after = _DIGITS.fullmatch(words).groups()  # type: ignore[union-attr]
        return before, digits or "", after

    def figure_label(self, figure: Statistic) -> str:
        """What a figure counts, without what it is narrowed to."""
        if figure.group == "missing":
            return self.t(f"gap_{figure.label}")
        if figure.origin == "reported" or ":" in figure.subject:
            return figure.label
        named = figure.rule == "count" or figure.group == "valued"
        return self.t(f"count_{figure.subject}") if named else figure.label

    def figure_title(self, figure: Statistic) -> str:
        """What a figure counts, and what it is narrowed to: 消杀楼栋（截至2020年3月31日）."""
        label, scope = self.figure_label(figure), self.scope(figure)
        return self.t("scoped", label=label, scope=scope) if scope else label

    def scope(self, figure: Statistic) -> str:
        """What a figure is narrowed to, in words; empty for a total."""
        by = dict(figure.by)
        since, until = by.pop("since", ""), by.pop("until", "")
        words = []
        if since and until:
            words.append(self.date(parse_date(f"{since}/{until}")))
        elif since or until:
            day = self.date(parse_date(since or until))
            words.append(self.t("since" if since else "until", day=day))
        words += [self.value_of(figure, name) for name in by]
        return self.t("comma").join(words)

    def value_of(self, figure: Statistic, name: str) -> str:
        """One thing that a figure is narrowed to, in words: a month, a task, a member's name."""
        value = dict(figure.by)[name]
        if value == NO_SPAN and name in SPANS:
            return self.t(f"no_{name}")
        if name == "day":
            return self.date(parse_date(value))
        if name == "month":
            return self.month(value)
        if name == "week":
            monday, sunday = days_of_week(value)
            return self.date(parse_date(f"{monday}/{sunday}"))
        if name == "member":
            member = self.member(value)
            return self.name(member) if member and member.name else value
        if name == "donor":
            return self.t(f"donor_{value}")
        kinds = {"task": "task", "batch": "batch", "category": "item_category"}
        return self.label(kinds[name], value)

    def text(self, markdown: str | None) -> Markup:
        """A record's Markdown as safe HTML."""
        if not markdown:
            return Markup("")
        from generator.pages.markdown import to_html  # a check turns no text into HTML

        return to_html(markdown)

    def excerpt(self, markdown: str | None, length: int = 80) -> str:
        """The beginning of a record's text, plain; Chinese sentences follow without a gap."""
        text = strip_markdown(markdown) if markdown else ""
        return excerpt(_GAP.sub("", text), length)

    def photographs(self, record: Pictured) -> tuple[Photograph, ...]:
        """The photographs of a record."""
        return self.archive.photographs_of.get(ref_of(record), ())

    def picture(self, one: Photograph) -> Picture | None:
        """The developed picture of a photograph; nothing when the original is not held."""
        return self.edition.pictures.get(one.id)

    def srcset(self, picture: Picture) -> str:
        """All widths of a picture for an `img`."""
        return picture.srcset(self.base + PHOTO_FOLDER)

    def source(self, picture: Picture, width: int = 960) -> str:
        """The address of the smallest derivative at least `width` px wide, or of the largest."""
        fitting = [one for one in picture.derivatives if one.width >= width]
        return self.base + PHOTO_FOLDER + (fitting or [picture.largest])[0].name

    def alt(self, one: Photograph) -> str:
        """Alternative text: the record's own, or the caption; empty when purely decorative."""
        return "" if one.photo.decorative else one.photo.alt or one.photo.caption

    def source_title(self, id: str) -> str:
        """The title of a source; its id when this audience may not see it."""
        record = self.archive.records.get(Ref("source", id))
        return record.title if isinstance(record, Source) else id

    def measured(self, figure: Figure) -> str:
        """A figure of an activity in words."""
        measure = self.archive.measures.get(figure.measure)
        return self.amount(figure.value, self.label("unit", measure.unit if measure else None))

    def donor(self, donation: Donation) -> str:
        """Who gave, as they wish to be shown."""
        return self.t("anonymous_donor") if donation.donor.anonymous else donation.donor.name

    def teller(self, story: Story) -> str:
        """Who tells, as they agreed to be shown."""
        if story.teller.display == "named" and story.teller.name:
            return story.teller.name
        return story.teller.kind or self.t("anonymous")

    def kind(self, record: Record) -> str:
        """The kind of a record, as references name it."""
        return KIND_OF[type(record)]

    def involved(self, record: Dated) -> tuple[str, ...]:
        """Ids of the members a record concerns, for filters."""
        if isinstance(record, Activity):
            return self.archive.members_of(record)
        return record.via if isinstance(record, Donation) else record.recorded_by

    def span(self, slug: str) -> str:
        """A day or period in words, from its slug: `2020-03-04` or `2020-02-29_2020-03-31`."""
        return _span(slug, self.edition.language)

    def thumbnail(self, photographs: Sequence[Photograph]) -> str:
        """The smallest picture of the first photograph held, relative to the site's root."""
        for one in photographs:
            if picture := self.picture(one):
                return PHOTO_FOLDER + picture.smallest.name
        return ""

    def item_unit(self, donation: Donation, name: str) -> str | None:
        """The unit in which a gift's item is counted; the last of several, as totals take it."""
        return {item.item: item.unit for item in donation.items}.get(name)

    def ref(self, kind: str, id: str) -> Ref:
        """A reference, for templates that look things up."""
        return Ref(kind, id)

    def named(self, ids: Sequence[str]) -> list[str]:
        """Those of the members whose names this audience may see and the archive knows."""
        found = ((id, self.member(id)) for id in ids)
        return [id for id, member in found if member is not None and member.name]


def view_of(edition: Edition, kind: str, base: str) -> View:
    """What the templates of a page kind see from a page at that depth: one for all such pages."""
    views: dict[tuple[str, str], View] = edition.remembered.setdefault("views", {})
    if (kind, base) not in views:
        views[kind, base] = View(edition, base, translator(edition.language, kind))
    return views[kind, base]
