"""Personal data in running text: numbers and addresses that lead to one person. Pure.

Text enters, findings leave: where, what, and how certain. Written in full width or half, with
spaces or hyphens between, a number is the same number. Nothing here knows a record.

Sources: resident identity numbers GB 11643-1999 (check character: ISO 7064 MOD 11-2) and the form
of 15 digits before it; bank cards ISO/IEC 7812-1 (Luhn); number plates GA 36-2018; mobile numbers
the numbering plan of the MIIT (11 digits, 13 to 19).
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from generator.values.names import ADDRESSED
from generator.values.text import half_width

What = Literal[
    "resident_id", "mobile", "landline", "bank_card", "email", "wechat", "qq", "plate", "dwelling"
]
Certainty = Literal["certain", "likely"]


class Finding(NamedTuple):
    """Personal data at `start` to `end` (characters) of a text."""

    start: int
    end: int
    what: What
    certainty: Certainty


_GAP = "[ \t\u2009\u202f-]?"
_PROVINCES = frozenset(
    (11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51,
     52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83)
)  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_NEAR = 12  # characters between a name and what belongs to it


def _digits(count: str) -> str:
    return f"(?<![0-9.])[0-9](?:{_GAP}[0-9]){{{count}}}"


_LONG_NUMBER = re.compile(f"{_digits('13,18')}(?:{_GAP}[Xx])?(?![0-9A-Za-z])")
_MOBILE = re.compile(
    f"(?<![0-9.])(?:\\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}(?![0-9])(?!{_GAP}[0-9]{{4}})"
)
_LANDLINE = re.compile(r"(?<![0-9.-])(?:\(0[0-9]{2,3}\)|0[0-9]{2,3})[- ]?[2-9][0-9]{6,7}(?![0-9])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])")
_WECHAT = re.compile(
    r"(?:微信|wechat|weixin|v信|vx)(?:号|id)?(?:[是为]|\s*:)\s*"
    r"(?P<value>[A-Za-z][A-Za-z0-9_-]{5,19})",
    re.IGNORECASE,
)
_QQ = re.compile(r"(?<![A-Za-z])QQ(?:号)?(?:[是为:]|\s)*(?P<value>[1-9][0-9]{4,10})(?![0-9])", re.I)
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·• ]?"
    "(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]|[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF])"
    "(?![A-Za-z0-9])"
)
_DWELLING = re.compile(
    "[0-9一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|号院|弄|号)[^。！？\n]{0,6}?"
    "[0-9一二三四五六七八九十零]{2,5}(?:室|房|号)"
)
_ADDRESSED = re.compile(ADDRESSED)
# Ten digits, an area code in brackets among them. It begins with a set of characters, and where no
# digit stands before: that is what the search for it is fast by.
_LONG = re.compile("[0-9](?<![0-9][0-9])(?:[)）]?[ \t\u2009\u202f\u3000－-]?[0-9]){9}")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_SIGNS = ("@", "＠", "微信", "wechat", "weixin", "vx", "v信", "qq")


def may_hold_personal_data(text: str) -> bool:
    """Tell quickly whether a text is worth a closer look; never false where there is a finding.

    What is found in a text is suspected also where each run of its white space is one space.
    """
    if _WIDE.search(text):
        text = half_width(text)
    lowered = text.lower()
    for sign in _SIGNS:
        if sign in lowered:
            return True
    if _LONG.search(text):
        return True
    numbered = "号" in text or "室" in text or "房" in text
    if numbered and _DWELLING.search(half_width(text)):
        return True
    return lowered != text and _PLATE.search(text) is not None  # a plate has capitals


def personal_data(text: str, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Return all personal data of a text in order, none inside another.

    `names` are known names; a landline or a dwelling counts only beside a name.
    """
    if not may_hold_personal_data(text):
        return ()
    plain = half_width(text)
    found: list[Finding] = []
    end = 0
    for one in sorted(_all(plain, tuple(names)), key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            found.append(one)
            end = one.end
    return tuple(found)


def without_personal_data(text: str) -> str:
    """Return the text with all but the ends of such numbers starred, in the same length."""
    for one in personal_data(text):
        value = text[one.start : one.end]
        text = text[: one.start] + starred(value) + text[one.end :]
    return text


def starred(value: str) -> str:
    """Return a value of which only enough can be read to find it again."""
    kept = 2 if len(value) >= 8 else 1
    return value[:kept] + "*" * (len(value) - 2 * kept) + value[len(value) - kept :]


def _all(plain: str, names: tuple[str, ...]) -> Iterator[Finding]:
    for match in _LONG_NUMBER.finditer(plain):
        yield from _of_number(match)
    yield from _each(_MOBILE, plain, "mobile", "certain")
    yield from _each(_WECHAT, plain, "wechat", "certain", "value")
    yield from _each(_QQ, plain, "qq", "certain", "value")
    yield from _each(_EMAIL, plain, "email", "likely")
    yield from _each(_PLATE, plain, "plate", "likely")
    for pattern, what in _BESIDE_A_NAME:
        for one in _each(pattern, plain, what, "likely"):
            if _beside_a_name(plain, one, names):
                yield one


_BESIDE_A_NAME: tuple[tuple[re.Pattern[str], What], ...] = (
    (_LANDLINE, "landline"),
    (_DWELLING, "dwelling"),
)


def _each(
    pattern: re.Pattern[str], plain: str, what: What, certainty: Certainty, group: str | int = 0
) -> Iterator[Finding]:
    for match in pattern.finditer(plain):
        yield Finding(match.start(group), match.end(group), what, certainty)


def _of_number(match: re.Match[str]) -> Iterator[Finding]:
    """A long number as an identity number or a bank card, if it can be one."""
    compact = re.sub("[^0-9Xx]", "", match[0]).upper()
    start, end = match.span()
    if len(compact) == 18 and _born(compact[6:14], compact):
        certainty: Certainty = "certain" if check_character(compact) == compact[-1] else "likely"
        yield Finding(start, end, "resident_id", certainty)
    elif len(compact) == 15 and _born(f"19{compact[6:12]}", compact):
        yield Finding(start, end, "resident_id", "likely")
    elif 16 <= len(compact) <= 19 and compact.isdigit() and luhn(compact):
        if compact.startswith("62"):
            yield Finding(start, end, "bank_card", "certain")
        elif compact[0] in "3456":
            yield Finding(start, end, "bank_card", "likely")


def check_character(number: str) -> str:
    """Return the check character of an identity number's first 17 digits (GB 11643, 4.2.5)."""
    total = sum(int(one) * weight for one, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def luhn(number: str) -> bool:
    """Tell whether a card number's check digit is right (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _born(day: str, number: str) -> bool:
    """Whether these are a province and a day somebody can have been born on."""
    if int(number[:2]) not in _PROVINCES:
        return False
    try:
        born = datetime.date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return 1900 <= born.year < 2100


def _beside_a_name(plain: str, one: Finding, names: tuple[str, ...]) -> bool:
    around = plain[max(0, one.start - _NEAR) : one.start] + "\n" + plain[one.end : one.end + _NEAR]
    return _ADDRESSED.search(around) is not None or any(name in around for name in names)
