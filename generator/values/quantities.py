"""Quantities that say how much they know: 406, 约700, 900余, 近100, 400-500.

Text as a person or a source wrote it enters; a frozen `Quantity` (two bounds and whether they are
approximate) leaves, adds up, compares and is shown in words that claim no more than is known and
that read back as the same quantity. Numbers are decimal throughout: no value is ever a float. Units
are not known here.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Context, Decimal, Inexact, localcontext
from functools import lru_cache
from typing import Literal

from generator.values.text import half_width

LONGEST = 64

Qualifier = Literal["exact", "about", "at_least", "at_most", "range"]
Verdict = Literal["agrees", "short", "exceeds"]

QuantityReason = Literal[
    "empty",  # nothing but white space
    "too_long",  # more than 64 characters
    "too_large",  # more than 15 digits before the point or 6 after it
    "negative",  # less than nothing
    "format",  # no number that could be understood
    "grouping",  # separators that are not between thousands: 25,60
    "unit",  # a number followed by something else: 700份
    "numeral",  # a number in Chinese characters: 二十
    "reversed",  # the upper bound comes first: 500-400
    "ambiguous",  # 1-2万 may begin at 1 or at 10,000
    "contradiction",  # more than one bound: 至少100以下
    "bounds",  # a Quantity made with bounds that no quantity has
]

# Wide enough that no sum or product of what can be parsed is ever rounded; it would raise Inexact.
EXACT = Context(prec=200, traps=[Inexact])


class QuantityError(ValueError):
    """A text that is not a quantity: a machine word for why, and what was meant, if that is clear.

    A suggestion is always a text that `parse_quantity` accepts.
    """

    reason: QuantityReason
    suggestion: str | None

    def __init__(self, reason: QuantityReason, suggestion: str | None = None) -> None:
        super().__init__(reason, suggestion)
        self.reason = reason
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f", perhaps {self.suggestion}" if self.suggestion else ""
        return f"not a quantity ({self.reason}{hint})"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount between two bounds, both included: 0 <= lower <= upper.

    Raises QuantityError (`bounds`) when made with other bounds.
    """

    lower: Decimal
    upper: Decimal | None
    """None when no upper bound is known."""
    approximate: bool = False
    """Whether the bounds themselves are only about right."""
    near: bool = False
    """Whether it comes close to its upper bound (近100), which says no more about its lower one."""

    def __post_init__(self) -> None:
        if self.near and (self.lower or not self.upper or self.approximate):
            raise QuantityError("bounds")
        if not self.lower.is_finite() or self.lower.is_signed():
            raise QuantityError("bounds")
        upper = self.upper
        if upper is not None and (not upper.is_finite() or upper.is_signed() or upper < self.lower):
            raise QuantityError("bounds")

    @property
    def qualifier(self) -> Qualifier:
        """What kind of knowledge this is, derived from the bounds."""
        if self.upper is None:
            return "at_least"
        if self.approximate:
            return "about"
        if self.lower == self.upper:
            return "exact"
        return "at_most" if self.lower == 0 else "range"

    def __add__(self, other: "Quantity") -> "Quantity":
        """Return the sum: bounds add up, and what either does not know the sum does not."""
        upper = None
        if self.upper is not None and other.upper is not None:
            upper = EXACT.add(self.upper, other.upper)
        lower = EXACT.add(self.lower, other.lower)
        near = (self.near and other == ZERO) or (other.near and self == ZERO)
        return Quantity(lower, upper, self.approximate or other.approximate, near)

    def scaled(self, factor: Decimal) -> "Quantity":
        """Return the quantity times a factor; raises QuantityError (`bounds`) if it is negative."""
        upper = None if self.upper is None else EXACT.multiply(self.upper, factor)
        near = self.near and factor != 0
        return Quantity(EXACT.multiply(self.lower, factor), upper, self.approximate, near)


ZERO = Quantity(Decimal(0), Decimal(0))


def total(quantities: Iterable[Quantity]) -> Quantity:
    """Return the sum of all, `ZERO` if there are none."""
    # As `+` does, without a quantity for every step: there are many.
    each = tuple(quantities)
    uppers = [one.upper for one in each if one.upper is not None]
    with localcontext(EXACT):
        lower = sum((one.lower for one in each), Decimal(0))
        upper = sum(uppers, Decimal(0)) if len(uppers) == len(each) else None
    near = [one for one in each if one.near]
    alone = len(near) == 1 and all(one is near[0] or one == ZERO for one in each)
    return Quantity(lower, upper, any(one.approximate for one in each), alone)


def qualified(value: Quantity, qualifier: Qualifier) -> Quantity:
    """Return what `{value: 900, qualifier: at_least}` means.

    A value that already says more than a number is accepted with its own qualifier only; `range`
    needs two numbers. Raises QuantityError (`contradiction`).
    """
    if qualifier == value.qualifier:
        return value
    if value.qualifier != "exact" or qualifier == "range":
        raise QuantityError("contradiction")
    return _bounded(value.lower, qualifier, approximate=qualifier == "about")


def compare(recorded: Quantity, reported: Quantity) -> Verdict:
    """Return whether records can be the same amount as a claim, fall short of it, or exceed it.

    They agree when their bounds overlap. Bounds that are approximate are taken a tenth wider on
    either side: 约700 agrees with 630 to 770.
    """
    low, high = tolerant(recorded)
    claimed_low, claimed_high = tolerant(reported)
    if high is not None and high < claimed_low:
        return "short"
    if claimed_high is not None and low > claimed_high:
        return "exceeds"
    return "agrees"


def tolerant(quantity: Quantity) -> tuple[Decimal, Decimal | None]:
    """Return the bounds that comparing goes by."""
    if not quantity.approximate:
        return quantity.lower, quantity.upper
    upper = quantity.upper
    return (
        EXACT.multiply(quantity.lower, Decimal("0.9")),
        None if upper is None else EXACT.multiply(upper, Decimal("1.1")),
    )


# Reading -----------------------------------------------------------------------------------------

_TENS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALE = "百万|千万|百亿|千亿|万亿|百|千|万|亿"
_GRAMS = "克米瓦帕卡伏赫"  # 500千克 is 500 of 千克, not 500千 of 克

_BEFORE: dict[str, Qualifier] = {
    **dict.fromkeys(("大约", "大概", "约为", "约", "~", "≈"), "about"),
    **dict.fromkeys(("about", "approximately", "approx.", "circa"), "about"),
    **dict.fromkeys(("至少", "不少于", "不低于", "超过", "逾", "≥", ">=", ">"), "at_least"),
    **dict.fromkeys(("atleast", "morethan", "over"), "at_least"),
    **dict.fromkeys(("至多", "最多", "不超过", "不足", "不到", "将近", "近"), "at_most"),
    **dict.fromkeys(("≤", "<=", "<", "atmost", "upto", "lessthan", "nearly", "almost"), "at_most"),
}
_NEAR = ("将近", "近", "nearly", "almost")
_AFTER: dict[str, Qualifier] = {
    **dict.fromkeys(("左右", "上下"), "about"),
    **dict.fromkeys(("以上", "多", "余", "+", "ormore"), "at_least"),
    **dict.fromkeys(("以下", "以内", "之内", "orless"), "at_most"),
}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_BEFORE_MARK = re.compile(_any_of(_BEFORE))
_AFTER_MARK = re.compile(_any_of(_AFTER))
_NUMBER = rf"[0-9][0-9,]*(?:\.[0-9]+)?(?:[多余]?(?:{_SCALE})(?![{_GRAMS}]))?"
_DASH = "(?:[—―]+|[-–‑−~〜至到]|to)"
_FORM = (
    rf"(?P<before>(?:{_BEFORE_MARK.pattern})*)"
    rf"(?P<first>{_NUMBER})(?:{_DASH}(?P<second>{_NUMBER}))?"
)
_FORM_ENDING = rf"(?P<after>(?:{_AFTER_MARK.pattern})*)"
_WHOLE_FORM = re.compile(_FORM + _FORM_ENDING)
_NUMBER_PARTS = re.compile(rf"([0-9,.]+)([多余]?)({_SCALE})?")
_GROUPED = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_VAGUE = re.compile(rf"(约|大约)?([上数几])(十万|十|{_SCALE})")
_MOST_WHOLE_DIGITS, _MOST_DECIMALS = 15, 6


def parse_quantity(text: str) -> Quantity:
    """Return the quantity that a number with its qualifying words means.

    `406`, `25,600`, `1.3万`, `半` are exact; `约700` is about; `8000多`, `900余`, `至少900`,
    `900以上`, `上百` have no upper bound; `近100`, `不到100`, `100以下`, `至多100` no lower one
    but 0; `400-500` and `数十` (20 to 90) are ranges. Full-width forms count as their ASCII ones.
    Raises QuantityError.
    """
    # Nearly every quantity of a large archive is a plain number.
    if len(text) <= _MOST_WHOLE_DIGITS and text.isascii() and text.isdigit():
        number = Decimal(text)
        return Quantity(number, number)
    text = text.strip()
    if not text:
        raise QuantityError("empty")
    if len(text) > LONGEST:
        raise QuantityError("too_long")
    try:
        return _parse(text)
    except QuantityError as error:
        if error.reason in ("format", "unit", "numeral"):
            raise QuantityError(error.reason, _suggestion(text)) from None
        raise


def parse_with_unit(text: str) -> tuple[Quantity, str]:
    """Return a quantity and the unit written behind its number: 34吨 is 34 and 吨.

    The unit is in half-width lower case, and empty where none is written; whether there is such a
    unit is not known here. Raises QuantityError.
    """
    try:
        return parse_quantity(text), ""
    except QuantityError as error:
        match = _UNIT.fullmatch(_squeeze(text)) if error.reason == "unit" else None
        if match is None or not error.suggestion or _NOT_A_UNIT.search(match["unit"]):
            raise
        return _parse(match["core"] + match["after"]), match["unit"]


@lru_cache(maxsize=4096)  # the same few figures come again and again
def _parse(text: str) -> Quantity:
    squeezed = _squeeze(text)
    if squeezed == "半":
        return Quantity(Decimal("0.5"), Decimal("0.5"))
    if match := _VAGUE.fullmatch(squeezed):
        return _vague(match)
    match = _WHOLE_FORM.fullmatch(squeezed)
    if match is None:
        raise QuantityError(_why_not(squeezed))
    before = _BEFORE_MARK.findall(match["before"])
    marks = {_BEFORE[mark] for mark in before}
    marks |= {_AFTER[mark] for mark in _AFTER_MARK.findall(match["after"])}
    lower, more = _number(match["first"])
    if more:
        marks.add("at_least")
    approximate = "about" in marks
    bounds = marks - {"about"}
    if len(bounds) > 1 or (bounds and match["second"]):
        raise QuantityError("contradiction")
    if match["second"]:
        return _range(match["first"], match["second"], approximate)
    found = _bounded(lower, bounds.pop() if bounds else "exact", approximate)
    if found.qualifier == "at_most" and any(mark in _NEAR for mark in before):
        return replace(found, near=True)
    return found


def _squeeze(text: str) -> str:
    """Return the text in half-width lower case, with no spaces but those between digits."""
    return re.sub(r"(?<![0-9])\s+|\s+(?![0-9])", "", half_width(text).lower())


def _bounded(number: Decimal, qualifier: Qualifier, approximate: bool) -> Quantity:
    if qualifier == "at_least":
        return Quantity(number, None, approximate)
    return Quantity(Decimal(0) if qualifier == "at_most" else number, number, approximate)


def _number(written: str) -> tuple[Decimal, bool]:
    """Return the number, and whether it goes on: 20余万."""
    match = _NUMBER_PARTS.fullmatch(written)
    if match is None or not _GROUPED.fullmatch(match[1]):
        raise QuantityError("grouping")
    number = Decimal(match[1].replace(",", ""))
    for scale in match[3] or "":
        number = EXACT.multiply(number, Decimal(_TENS[scale]))
    whole, _, decimals = number_in_digits(number).replace(",", "").partition(".")
    if len(whole) > _MOST_WHOLE_DIGITS or len(decimals) > _MOST_DECIMALS:
        raise QuantityError("too_large")
    return number, bool(match[2])


def _range(first: str, second: str, approximate: bool) -> Quantity:
    (lower, more), (upper, still_more) = _number(first), _number(second)
    if more or still_more:
        raise QuantityError("contradiction")
    scale = second.lstrip("0123456789,.")
    if scale and first[-1] not in _TENS and lower < _number(second.removesuffix(scale))[0]:
        raise QuantityError("ambiguous", f"{first}{scale}-{second}")
    if lower > upper:
        raise QuantityError("reversed", f"{second}-{first}")
    return Quantity(lower, upper, approximate)


def _vague(match: re.Match[str]) -> Quantity:
    """Return what 上百 (100 or more) or 数十 (20 to 90) mean."""
    unit = Decimal(1)
    for scale in match[3]:
        unit *= _TENS[scale]
    if match[2] == "上":
        return Quantity(unit, None, bool(match[1]))
    return Quantity(2 * unit, 9 * unit, bool(match[1]))


# Suggesting --------------------------------------------------------------------------------------

_NUMERAL = re.compile(r"(?<![0-9上数几])[零〇一二两三四五六七八九十百千万]+")
_UNIT = re.compile(
    rf"(?P<core>(?:{_FORM}|半|[上数几](?:十万|十|{_SCALE}))[多余]?)"
    rf"(?P<unit>[^0-9,.]{{1,12}}?){_FORM_ENDING}"
)
# Parts of a whole, and words that say "not exactly": a number without them would be another number.
_NOT_A_UNIT = re.compile(r"[半%‰倍折]|成$|分之|来|几|把|些|批|部分|[十百千万亿]$")


def _why_not(squeezed: str) -> QuantityReason:
    if re.match("[-−][0-9]", squeezed):
        return "negative"
    if _UNIT.fullmatch(squeezed):
        return "unit"
    return "numeral" if _NUMERAL.search(squeezed) else "format"


def _suggestion(text: str) -> str | None:
    """Return a quantity that says the same, or None rather than a wild guess."""
    for candidate in _candidates(_squeeze(text)):
        with suppress(QuantityError):
            _parse(candidate)
            return candidate
    return None


def _candidates(squeezed: str) -> Iterator[str]:
    yield re.sub(r"(?<=[0-9])\s(?=[0-9]{3}(?![0-9]))", "", squeezed)
    yield _without_unit(squeezed)
    in_digits = _NUMERAL.sub(lambda match: str(chinese_number(match[0]) or match[0]), squeezed)
    yield in_digits
    if not re.search("(?<![零〇二两三四五六七八九十百千万])一(?![十百千万])", squeezed):
        yield _without_unit(in_digits)  # 一些 is not 1 of anything


def _without_unit(squeezed: str) -> str:
    match = _UNIT.fullmatch(squeezed)
    if match is None or _NOT_A_UNIT.search(match["unit"]):
        return ""
    return match["core"] + match["after"]


_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
_DIGIT = "[一二两三四五六七八九]"
_SECTION = re.compile(
    rf"(?:({_DIGIT}?)千)?(?:零?({_DIGIT}?)百)?(?:零?({_DIGIT}?)十)?(?:(零)?({_DIGIT}))?"
)


def chinese_number(numeral: str) -> int | None:
    """Return the number a Chinese numeral below 一亿 means, or None.

    Only complete numerals count: 一万五 may be 15,000 or, carelessly, 10,005.
    """
    numeral = numeral.replace("〇", "零")
    high, wan, low = numeral.rpartition("万")
    sections = [_section(part) for part in ((high or "一", low or "零") if wan else (low,))]
    if not numeral or None in sections or (wan and low in _DIGITS and low != "零"):
        return None
    *above, below = (section or 0 for section in sections)
    return sum(above) * 10**4 + below


def _section(part: str) -> int | None:
    """Return the value of a numeral below 万."""
    match = _SECTION.fullmatch(part)
    if part == "零":
        return 0
    if match is None or not part:
        return None
    thousands, hundreds, tens, gap, ones = match.groups()
    if ones and not gap and tens is None and (thousands, hundreds) != (None, None):
        return None
    places = ((thousands, 1000), (hundreds, 100), (tens, 10))
    value = sum(_DIGITS.get(digit, 1) * place for digit, place in places if digit is not None)
    return value + _DIGITS.get(ones or "零", 0)


# Words -------------------------------------------------------------------------------------------


def quantity_in_words(quantity: Quantity, language: str) -> str:
    """Return the quantity in words, in Chinese for `zh` and its variants, otherwise in English.

    `约700`, `1306以上`, `近100`, `至多100`, `400～500`; `about 700`, `at least 1306`,
    `nearly 100`, `at most 100`, `400–500`.
    What is shown claims no more than is known, and `parse_quantity` reads it back as the same.
    Source for the dash between numbers: GB/T 15834-2011, 4.13.
    """
    chinese = language.startswith("zh")
    lower = number_in_digits(quantity.lower)
    about = ("约" if chinese else "about ") if quantity.approximate else ""
    if quantity.upper is None:
        return f"{about}{lower}以上" if chinese else f"at least {about}{lower}"
    upper = number_in_digits(quantity.upper)
    if lower == upper:
        return f"{about}{lower}"
    if quantity.qualifier == "at_most":
        if quantity.near:
            return f"近{upper}" if chinese else f"nearly {upper}"
        return f"至多{upper}" if chinese else f"at most {upper}"
    return f"{about}{lower}{'～' if chinese else '–'}{upper}"


def amount_in_words(quantity: Quantity, unit: str, language: str) -> str:
    """Return the quantity with its unit: 406栋, 约700份, 8000斤以上; `at least 8000 斤`."""
    words = quantity_in_words(quantity, language)
    if not language.startswith("zh"):
        return f"{words} {unit}".strip()
    if words.endswith("以上"):
        return f"{words[:-2]}{unit}以上"
    return words + unit


def number_in_digits(number: Decimal) -> str:
    """Return a number as it is shown: `9999`, `25,600`, `0.5`; thousands parted from 10,000 on."""
    grouped = f"{number:,f}" if number >= 10000 else f"{number:f}"
    return grouped.rstrip("0").rstrip(".") if "." in grouped else grouped
