"""Numbers in running text that no record and no claim supports.

Enter: text and an Archive. Leave: note CLM002 for a number beside the label of a measure or a known
unit that agrees with no amount on record. Only whoever wrote it can say whether it is wrong: a note
never changes anything.

Passed over: numbers below ten beside a unit alone (一个, 两天 are idiom more often than counts),
ordinals, dates and times, percentages, and any number equal to a count of records.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from generator.archive.archive import Archive
from generator.archive.published import claim_label, claim_unit
from generator.archive.statistics import Statistics
from generator.archive.subjects import unit_of
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Location, Record
from generator.kinds.member import Member
from generator.kinds.source import Source
from generator.kinds.story import Story
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.reading.documents import Document
from generator.values.quantities import (
    Quantity,
    QuantityError,
    chinese_number,
    compare,
    parse_quantity,
    quantity_in_words,
)
from generator.values.units import Unit

CLM002 = Code(
    "CLM002",
    Severity.NOTE,
    Bilingual("正文里的数字没有来处", "A number that nothing on record supports"),
    Bilingual(
        "没有记录或来源支持 “{found}”。{known_zh}",
        "nothing on record supports “{found}”. {known_en}",
    ),
    Bilingual(
        "核对这个数；是对的，就补上记录，或来源里的 claims。",
        "check it; if it is right, add a record, or a claim of a source.",
    ),
    Bilingual(
        "文字里的数字和记录对不上，读者就不知道信哪一个。",
        "When prose and records disagree, readers cannot tell which to trust.",
    ),
)
CODES = (CLM002,)

_MOST_CANDIDATES = 3
_FROM_UNIT_ALONE = 10  # the least number that counts beside a unit without a measure's label
_MOST_BETWEEN = 6  # characters between a measure's label and its number

_BEFORE = "大约|大概|约|近|至少|至多|超过|不到|将近|逾|共"
_DIGITS = r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?"
_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]+|[上数几](?:十万|[十百千万])"
_NUMBER = rf"(?:{_DIGITS}|{_NUMERAL})"
_SCALED = rf"{_NUMBER}(?:[多余](?=[百千万亿]))?[百千万亿]*(?:余|多|来)?"
_LAST_OF_NUMBER = "0-9０-９,，零〇一二两三四五六七八九十百千万亿余多来"
_WORDS_BEFORE = re.compile(rf"(?:{_BEFORE})*$")
_LONGEST_BEFORE = 6
_ANY_NUMBER = re.compile("[0-9０-９零〇一二两三四五六七八九十百千万亿]")
_NO_NUMBER = re.compile(r"[第年月周日号时点分秒:：/.\-%％]$")
_DATE_AFTER = re.compile(r"^\s*(?:[年月日号时点分秒届期批页岁后%％：:/]|个月)")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount on record: of what, how much in its unit, and the unit."""

    label: str
    quantity: Quantity
    unit: Unit


class Stray(NamedTuple):
    """A number that nothing supports: where in the text, as written, and what is known instead."""

    start: int
    written: str
    known: tuple[Amount, ...]


class Numbers:
    """What an archive knows, ready to be compared with any number of texts."""

    def __init__(self, archive: Archive, figures: Statistics) -> None:
        self.archive = archive
        self._figures = figures
        self._units = {unit.label: unit for unit in archive.units.values()}
        labels = {one.name for one in archive.file.measures if len(one.name) > 1}
        self._factors = {
            one.name: unit_of(archive, one.unit).factor for one in archive.file.measures
        }
        self._beside_unit = _beside_units(self._units)
        self._before_unit = _before_units(self._units)
        self._beside_label = _beside_labels(labels)

    @cached_property
    def _stated(self) -> "_Known":
        """What records and claims state; gathered when the first number is met."""
        return _Known(_stated(self.archive))

    @cached_property
    def _totals(self) -> "_Known":
        """What they add up to; gathered when a number is not among what is stated."""
        return _Known(_totals(self._figures))

    @cached_property
    def _counts(self) -> frozenset[Decimal]:
        figures = self._figures.recorded.values()
        return frozenset(one.quantity.lower for one in figures if one.rule == "count")

    def strays(self, text: str) -> Iterator[Stray]:
        """Every number of a text that nothing supports, in order, each once."""
        if not _ANY_NUMBER.search(text):
            return iter(())
        found = {one.start: one for one in (*self._by_units(text), *self._by_labels(text))}
        return iter([one for _, one in sorted(found.items())])

    def _by_units(self, text: str) -> Iterator[Stray]:
        if not self._beside_unit or not self._before_unit.search(text):
            return
        for match in self._beside_unit.finditer(text):
            start = match.start()
            start -= len(_words_before(text, start))
            quantity = _read(text[start : match.end("number")])
            if quantity is None or _NO_NUMBER.search(text[:start][-1:]):
                continue
            unit = self._units[match["unit"]]
            if _size(quantity) >= _FROM_UNIT_ALONE:
                found = Stray(start, text[start : match.end()], ())
                yield from self._judge(found, quantity, unit.factor, ("unit", unit.dimension))

    def _by_labels(self, text: str) -> Iterator[Stray]:
        for match in self._beside_label.finditer(text) if self._beside_label else ():
            start, end = match.span("number")
            quantity = _read(match["number"])
            if quantity is not None and not _DATE_AFTER.search(text[end:]):
                factor = self._factors.get(match["label"], Decimal(1))
                found = Stray(start, text[start:end], ())
                yield from self._judge(found, quantity, factor, ("label", match["label"]))

    def _judge(
        self, found: Stray, written: Quantity, factor: Decimal, key: tuple[str, str]
    ) -> Iterator[Stray]:
        in_base = written.scaled(factor)
        stated = self._stated.get(key)
        if _any_supports(stated, in_base) or _size(written) in self._counts:
            return
        totals = self._totals.get(key)
        if _any_supports(totals, in_base):
            return
        known = dict.fromkeys((*stated, *totals))
        near = sorted(known, key=lambda one: (_distance(one, in_base), one.label))
        yield found._replace(known=tuple(near[:_MOST_CANDIDATES]))


class _Known:
    """Amounts by the dimension of their unit and by what they are of."""

    def __init__(self, amounts: Iterable[Amount]) -> None:
        self._found: dict[tuple[str, str], list[Amount]] = {}
        for one in amounts:
            self._found.setdefault(("unit", one.unit.dimension), []).append(one)
            self._found.setdefault(("label", one.label), []).append(one)

    def get(self, key: tuple[str, str]) -> list[Amount]:
        return self._found.get(key, [])


def _any_supports(known: Iterable[Amount], in_base: Quantity) -> bool:
    return any(_supports(one.quantity.scaled(one.unit.factor), in_base) for one in known)


def _words_before(text: str, start: int) -> str:
    """The words that qualify a number, directly before it: 约, 近."""
    match = _WORDS_BEFORE.search(text[max(0, start - _LONGEST_BEFORE) : start])
    return match[0] if match else ""


def _beside_units(units: Iterable[str]) -> re.Pattern[str] | None:
    names = _any_of(units)
    return re.compile(rf"(?P<number>{_SCALED})\s*(?P<unit>{names})") if names else None


def _before_units(units: Iterable[str]) -> re.Pattern[str]:
    """Matches wherever a number may end before a unit; quick, for it begins with one character."""
    return re.compile(rf"[{_LAST_OF_NUMBER}]\s*(?:{_any_of(units)})")


def _beside_labels(labels: Iterable[str]) -> re.Pattern[str] | None:
    names = _any_of(labels)
    gap = rf"[^0-9０-９零〇一二两三四五六七八九十百千万\n。；]{{0,{_MOST_BETWEEN}}}?"
    number = rf"(?:{_BEFORE})*{_DIGITS}[百千万亿]*(?:余|多)?"
    return re.compile(rf"(?P<label>{names}){gap}(?P<number>{number})") if names else None


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(filter(None, names), key=lambda one: (-len(one), one))
    return "|".join(re.escape(name) for name in longest_first)


def _read(written: str) -> Quantity | None:
    """The quantity of a number in prose; nothing for one that is none after all."""
    text = written.replace("，", ",").replace("共", "").rstrip(",")
    numeral = re.search(_NUMERAL, text)
    if numeral and not re.search("[0-9０-９上数几]", text):
        number = chinese_number(numeral[0])
        if number is None:
            return None
        text = text.replace(numeral[0], str(number), 1)
    with suppress(QuantityError):
        return parse_quantity(text.replace("来", "多"))
    return None


def _size(quantity: Quantity) -> Decimal:
    """The number that was written, whatever qualifies it."""
    return quantity.upper if quantity.qualifier == "at_most" and quantity.upper else quantity.lower


def _supports(known: Quantity, written: Quantity) -> bool:
    """Whether an amount on record can be what prose says.

    The same number, or one that the words of the prose allow: 900余 may be 932, not 5000.
    """
    size = _size(written)
    if size in (known.lower, known.upper):
        return True
    if written.qualifier == "exact":
        return False
    within = known.lower < 2 * size or written.upper is not None
    return within and known.qualifier != "at_least" and compare(known, written) == "agrees"


def _distance(known: Amount, written: Quantity) -> Decimal:
    amount = known.quantity.scaled(known.unit.factor)
    return abs(_size(amount) - _size(written))


def _totals(figures: Statistics) -> Iterator[Amount]:
    """What every subject adds up to."""
    for subject in figures.subjects.values():
        if subject.rule != "count":
            yield Amount(subject.label, figures.recorded[subject.id].quantity, subject.unit)


def _stated(archive: Archive) -> Iterator[Amount]:
    """Every amount that a record or a claim gives, each once."""
    for source in archive.sources:
        for claim in source.claims:
            yield Amount(claim_label(archive, claim), claim.value, claim_unit(archive, claim))
    yield from dict.fromkeys(_given(archive))
    figures: dict[str, dict[Quantity, None]] = {}
    for activity in archive.activities:
        for one in activity.figures:
            figures.setdefault(one.measure, {})[one.value] = None
    for id, quantities in figures.items():
        measure = archive.measures.get(id)
        if measure is not None:
            unit = unit_of(archive, measure.unit)
            yield from (Amount(measure.name, quantity, unit) for quantity in quantities)


def _given(archive: Archive) -> Iterator[Amount]:
    """What gifts say in their own units, before they are put into one."""
    for gift in archive.donations:
        units = {item.item: unit_of(archive, item.unit) for item in gift.items}
        stated = [(item.item, item.quantity) for item in gift.items]
        stated += [(one.item, one.quantity) for one in gift.distributions]
        for name, quantity in stated:
            if quantity is not None and name in units:
                yield Amount(name, quantity, units[name])


def stray(found: Stray, place: Place) -> Problem:
    """Note CLM002 at a place."""
    listed = "、".join(_in_words(one, "zh") for one in found.known)
    english = ", ".join(_in_words(one, "en") for one in found.known)
    return problem(
        CLM002,
        place,
        found=found.written,
        known_zh=f"相近的有：{listed}。" if listed else "",
        known_en=f"Nearest: {english}." if english else "",
    )


def _in_words(one: Amount, language: str) -> str:
    words = quantity_in_words(one.quantity, language)
    if language == "en":
        return f"{one.label} {words} {one.unit.label}".rstrip()
    ending = "以上" if words.endswith("以上") else ""
    return f"{one.label} {words.removesuffix(ending)}{one.unit.label}{ending}"


# Texts of records --------------------------------------------------------------------------------


def prose_problems(
    archive: Archive, numbers: Numbers, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """CLM002 in the texts of every record; the words of a source's claims are its own."""
    records: tuple[Record, ...] = (*archive.members, *archive.dated, *archive.sources)
    for record in records:
        for location, text in _texts(record):
            for found in numbers.strays(text):
                document = documents.get(record.path)
                place = _place(document, location, text, found) if document else Place(record.path)
                yield stray(found, place)


def _texts(record: Record) -> Iterator[tuple[Location, str]]:
    fields: Mapping[type[Record], tuple[str, ...]] = {
        Activity: ("title", "summary"),
        Donation: ("occasion", "summary"),
        Story: ("title", "text"),
        Member: ("bio",),
        Source: ("note",),
    }
    for name in fields.get(type(record), ()):
        text = getattr(record, name)
        if text:
            yield (name,), text
    if isinstance(record, Activity | Donation | Story):
        for number, photo in enumerate(record.photos):
            for name in ("caption", "background"):
                text = getattr(photo, name)
                if text:
                    yield ("photos", number, name), text


def _place(document: Document, location: Location, text: str, found: Stray) -> Place:
    """Where the number stands in the file: that occurrence of it below the field's beginning."""
    field = document.place(location)
    before = text[: found.start].count(found.written)
    for line, stated in enumerate(document.text.split("\n"), start=1):
        if line < field.line:
            continue
        at = stated.find(found.written, field.column - 1 if line == field.line else 0)
        while at >= 0:
            if before == 0:
                return document.line_place(line, at + 1, len(found.written))
            before -= 1
            at = stated.find(found.written, at + 1)
    return field
