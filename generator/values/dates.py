"""Dates as people know them: to the day or month, about, one of these days, from one to another.

EDTF text enters (ISO 8601-2:2019, as much of levels 0 to 2 as a chronicle needs); a frozen
`EdtfDate` leaves, with the first and last day it can mean, and the same in words. Other ways of
writing a date (2020年3月4日, 2020/3/4) are recognised only to suggest the EDTF form. Nothing here
knows today's date.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from generator.values.text import half_width

LONGEST = 64
EARLIEST_YEAR, LATEST_YEAR = 1000, 2999

Form = Literal["day", "month", "year", "interval", "set", "unspecified"]

DateReason = Literal[
    "empty",  # nothing but white space
    "too_long",  # more than 64 characters
    "format",  # not an EDTF date at all
    "unsupported",  # EDTF that a chronicle does not use: a season, an hour, {all of}, 2020-03-1X
    "no_such_day",  # the calendar lacks it: 2019-02-29, 2020-13
    "year_range",  # a year before 1000 or after 2999
    "reversed",  # the end comes before the start
    "open_ended",  # an interval or set without a start or an end
]


class DateError(ValueError):
    """A text that is not a date: a machine word for why, and what was meant, where that is clear.

    A suggestion is always a text that `parse_date` accepts.
    """

    reason: DateReason
    suggestion: str | None

    def __init__(self, reason: DateReason, suggestion: str | None = None) -> None:
        super().__init__(reason, suggestion)
        self.reason = reason
        self.suggestion = suggestion

    def __str__(self) -> str:
        hint = f", perhaps {self.suggestion}" if self.suggestion else ""
        return f"not a date ({self.reason}{hint})"


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date with the first and the last day it can mean, both included."""

    text: str
    """As written, without white space around it."""
    earliest: date
    latest: date
    form: Form
    approximate: bool
    """`~` or `%`: near these days, not surely within them."""
    uncertain: bool
    """`?` or `%`: the source itself is in doubt."""

    @property
    def is_day(self) -> bool:
        """Whether this can be one day only."""
        return self.earliest == self.latest

    @property
    def slug(self) -> str:
        """The name of the page of this day or period: `2020-03-04` or `2020-02-29_2020-03-31`."""
        if self.form == "day" and len(self.text) == 10:
            return self.text  # as written; asked for by everything that is on a day
        first = self.earliest.isoformat()
        return first if self.is_day else f"{first}_{self.latest.isoformat()}"

    @property
    def sort_key(self) -> tuple[date, date]:
        """Earliest first, and of those the shortest; an id has to make it unique."""
        return (self.earliest, self.latest)

    @property
    def month(self) -> str:
        """The month of the earliest day: `2020-03`."""
        return self.slug[:7]

    def covers(self, day: date) -> bool:
        """Whether this can mean the day, or reaches over it."""
        return self.earliest <= day <= self.latest


# Reading -----------------------------------------------------------------------------------------


def parse_date(text: str) -> EdtfDate:
    """Return the date that an EDTF text means.

    Accepts a day, month or year; `~`, `?`, `%`; `X` for what is unspecified (`2020-03-XX`,
    `2020-XX-04`, `202X`); an interval `a/b`; and a set `[a..b]` or `[a,b]`: one of these days.
    Raises DateError.
    Source: ISO 8601-2:2019; Extended Date/Time Format Specification (Library of Congress).
    """
    text = text.strip()
    if len(text) == 10 and text[4] == text[7] == "-":
        with suppress(ValueError):
            day = date.fromisoformat(text)
            if EARLIEST_YEAR <= day.year <= LATEST_YEAR:
                return EdtfDate(text, day, day, "day", False, False)
    if not text:
        raise DateError("empty")
    if len(text) > LONGEST:
        raise DateError("too_long")
    return _parse_other(text)


@lru_cache(maxsize=4096)
def _parse_other(text: str) -> EdtfDate:
    try:
        return _parse_strictly(text)
    except DateError as error:
        if error.suggestion is None:
            raise DateError(error.reason, _suggestion(text)) from None
        raise


_POINT = r"[0-9]{4}(?:-[0-9]{2}(?:-(?:[0-9]{2}|XX))?|-XX(?:-XX)?)?"
_SINGLE = re.compile(rf"{_POINT}|[0-9]{{4}}-XX-[0-9]{{2}}|[0-9]{{3}}X|[0-9]{{2}}XX")
_INTERVAL = re.compile(rf"({_POINT})/({_POINT})")
_SET = re.compile(rf"\[{_POINT}(?:(?:\.\.|, ?){_POINT})*\]")
_QUALIFIED = re.compile(r"(?<![0-9X])[~?%](?=[0-9X])|(?<=[0-9X])[~?%](?![0-9X~?%])")
_OPEN = re.compile(r"(?:\.\.|unknown|open)?/.+|.+/(?:\.\.|unknown|open)?|\[\.\..+|.+\.\.\]")
_OTHER_EDTF = re.compile(
    r"""\{.*\}                           # all of a set
      | Y-?[0-9]+.*                      # long year
      | [0-9X]{4}-[0-9X]{2}-[0-9X]{2}T.* # time of day
      | [0-9X]{4}(?:-[0-9X]{2}){0,2}     # one digit unspecified
    """,
    re.VERBOSE,
)
_WHOLE_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}(?:-XX)?")
_SEASON = re.compile(r"[0-9]{4}-(?:2[1-9]|3[0-9]|4[01])")


def _parse_strictly(text: str) -> EdtfDate:
    approximate = "~" in text or "%" in text
    uncertain = "?" in text or "%" in text
    # A qualifier changes what is claimed of the days, never which days they are.
    plain = _QUALIFIED.sub("", text) if approximate or uncertain else text
    if _SINGLE.fullmatch(plain):
        earliest, latest = _bounds(plain)
        form = _form(plain)
    elif match := _INTERVAL.fullmatch(plain):
        earliest, latest = _bounds_of_range(match[1], match[2])
        form = "interval"
    elif _SET.fullmatch(plain):
        bounds = [_bounds_of_range(*item) for item in _items(plain)]
        earliest, latest = min(first for first, _ in bounds), max(last for _, last in bounds)
        form = "set"
    else:
        raise DateError(_why_not(plain))
    return EdtfDate(text, earliest, latest, form, approximate, uncertain)


def _why_not(plain: str) -> DateReason:
    if _OPEN.fullmatch(plain):
        return "open_ended"
    return "unsupported" if _OTHER_EDTF.fullmatch(plain) else "format"


def _form(point: str) -> Form:
    if "X" in point:
        return "unspecified"
    return "year" if len(point) == 4 else "month" if len(point) == 7 else "day"


def _items(plain: str) -> Iterator[tuple[str, str]]:
    """Yield the first and last point of every item of a set."""
    for item in plain[1:-1].split(","):
        first, _, last = item.strip().partition("..")
        if ".." in last:
            raise DateError("format")
        yield first, last or first


def _bounds_of_range(first: str, last: str) -> tuple[date, date]:
    start, end = _bounds(first), _bounds(last)
    if start[0] > end[1]:
        raise DateError("reversed")
    return start[0], end[1]


def _bounds(point: str) -> tuple[date, date]:
    """Return the first and last day that a point without qualifiers can mean."""
    if not EARLIEST_YEAR <= int(point[:4].replace("X", "0")) <= LATEST_YEAR:
        raise DateError("year_range")
    if len(point) == 10 and "X" not in point:
        try:
            day = date.fromisoformat(point)
        except ValueError:
            raise DateError("no_such_day") from None
        return day, day
    if _SEASON.fullmatch(point):
        raise DateError("unsupported")
    if _WHOLE_MONTH.fullmatch(point):
        return _bounds_of_month(int(point[:4]), int(point[5:7]))
    return _bounds_by_edtf(point)


def _bounds_of_month(year: int, month: int) -> tuple[date, date]:
    if not 1 <= month <= 12:
        raise DateError("no_such_day")
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


@lru_cache(maxsize=4096)
def _bounds_by_edtf(point: str) -> tuple[date, date]:
    # Imported here: most records need plain days and months only, and the library takes 0.15 s.
    from edtf import parse_edtf

    try:
        parsed = parse_edtf(point)
        lower, upper = parsed.lower_strict(), parsed.upper_strict()
        return date(*lower[:3]), date(*upper[:3])
    except Exception:  # whatever the parser stumbles over, the text is at fault
        raise DateError("no_such_day") from None


# Suggesting --------------------------------------------------------------------------------------

_YEAR = r"([0-9]{4})(?:年|[-./])"
_MONTH = r"([0-9]{1,2})(?:月|[-./])"
_DAY = r"([0-9]{1,2})[日号]?"
_TO = r"(至|到|或|—+|–|-|~|/|\.\.)"
_LOOSE_YEAR = re.compile(r"([0-9]{4})年")
_LOOSE_MONTH = re.compile(rf"{_YEAR}([0-9]{{1,2}})月?")
# One separator throughout: 2020.3-4 is not surely a day.
_ALIKE = r"(?=[0-9]{4}(?:年[0-9]+月|-[0-9]+-|/[0-9]+/|\.[0-9]+\.))"
_LOOSE_DAY = re.compile(rf"{_ALIKE}{_YEAR}{_MONTH}{_DAY}")
_LOOSE_YEARS = re.compile(rf"([0-9]{{4}})年?{_TO}([0-9]{{4}})年")
_LOOSE_MONTHS = re.compile(rf"{_YEAR}([0-9]{{1,2}})月?{_TO}(?:{_YEAR})?([0-9]{{1,2}})月")
_LOOSE_DAYS = re.compile(rf"\[?{_YEAR}{_MONTH}{_DAY}{_TO}(?:(?:{_YEAR})?{_MONTH})?{_DAY}\]?")
_SOME_DAY = re.compile(r"(?:之?间)?的?(?:某一?[天日]|一[天日])$|之?间$")
_ABOUT = re.compile(r"^(?:大约|大概|约)(.+)$|^(.+?)(?:前后|左右)$")
_DOUBTED = re.compile(r"^(.+?)\((?:存疑|待考|不确定)\)$")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TIMED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{1,2}[:：时点].*")


def _suggestion(text: str) -> str | None:
    """Return the EDTF form of what was probably meant, or None rather than a wild guess."""
    for candidate in _candidates(half_width(text)):
        if candidate != text and len(candidate) <= LONGEST:
            with suppress(DateError):
                _parse_strictly(candidate)
                return candidate
    return None


def _candidates(text: str) -> Iterator[str]:
    if match := _TIMED.fullmatch(text):
        yield match[1]
    squeezed = "".join(text.split())
    yield squeezed
    yield re.sub("[xXuU]", "X", squeezed)
    yield re.sub(r"-\?\?", "-XX", squeezed)
    yield re.sub(r"~\?|\?~", "%", squeezed)
    if match := _COMPACT.fullmatch(squeezed):
        yield "-".join(match.groups())
    first, slash, last = squeezed.partition("/")
    if slash and "/" not in last:
        yield f"{last}/{first}"
    if match := re.fullmatch(r"\[(.+)\.\.(.+)\]", squeezed):
        yield f"[{match[2]}..{match[1]}]"
    if match := re.fullmatch(r"\{(.+)\.\.(.+)\}", squeezed):
        yield f"{match[1]}/{match[2]}"
    yield from _loose_candidates(squeezed)


def _loose_candidates(text: str) -> Iterator[str]:
    """Yield the EDTF forms of a date written in the Chinese way or with other separators."""
    if match := _DOUBTED.fullmatch(text):
        for inner in _loose_candidates(match[1]):
            yield inner[:-1] + "%" if inner.endswith("~") else f"{inner}?"
        return
    if match := _ABOUT.fullmatch(text):
        for inner in _loose_candidates(match[1] or match[2]):
            yield inner.replace("/", "~/") + "~"
        return
    bare = _SOME_DAY.sub("", text)
    one_of = bare != text
    for pattern in (_LOOSE_DAY, _LOOSE_MONTH, _LOOSE_YEAR):
        if match := pattern.fullmatch(bare):
            point = _iso(*match.groups())
            yield point + "-XX" * (one_of * (3 - len(match.groups())))
            return
    yield from _loose_range(bare, one_of)


def _loose_range(text: str, one_of: bool) -> Iterator[str]:
    if match := _LOOSE_DAYS.fullmatch(text):
        year, month, day, to, to_year, to_month, to_day = match.groups()
        start, end = _iso(year, month, day), _iso(to_year or year, to_month or month, to_day)
    elif match := _LOOSE_MONTHS.fullmatch(text):
        year, month, to, to_year, to_month = match.groups()
        start, end = _iso(year, month), _iso(to_year or year, to_month)
    elif match := _LOOSE_YEARS.fullmatch(text):
        start, to, end = match.groups()
    else:
        return
    if to == "或":
        yield f"[{start},{end}]"
    else:
        yield f"[{start}..{end}]" if one_of or to == ".." else f"{start}/{end}"


def _iso(*parts: str) -> str:
    return "-".join(part.zfill(2) for part in parts)


# Words -------------------------------------------------------------------------------------------

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = re.compile(r"([0-9]{4})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?")


@dataclass(frozen=True, slots=True)
class _Point:
    """A year, month or day as written; a part that was not written or is unspecified is 0."""

    year: int
    month: int = 0
    day: int = 0
    some: Literal["", "month", "day"] = ""
    """What was written as `XX`: one of the months, one of the days."""
    about: bool = False


@lru_cache(maxsize=4096)
def date_in_words(value: EdtfDate, language: str) -> str:
    """Return the date in words, in Chinese for `zh` and its variants, otherwise in English.

    The words claim no more than the date does; a year or month is repeated only where it differs.
    """
    words = _chinese(value) if language.startswith("zh") else _english(value)
    if not value.uncertain:
        return words
    return f"{words}（存疑）" if language.startswith("zh") else f"{words} (uncertain)"


def day_in_words(day: date, language: str) -> str:
    """Return a single day in words: `2020年3月4日`, `4 March 2020`."""
    point = _point_of(day)
    return _point_in_chinese(point) if language.startswith("zh") else _point_in_english(point)


def weekday_in_words(day: date, language: str) -> str:
    """Return the name of the weekday: `星期三`, `Wednesday`."""
    if language.startswith("zh"):
        return f"星期{'一二三四五六日'[day.weekday()]}"
    return _WEEKDAYS[day.weekday()]


def month_in_words(month: str, language: str) -> str:
    """Return a month given as `2020-03` in words: `2020年3月`, `March 2020`."""
    point = _Point(int(month[:4]), int(month[5:7]))
    return _point_in_chinese(point) if language.startswith("zh") else _point_in_english(point)


def _chinese(value: EdtfDate) -> str:
    if value.form == "interval":
        first, last = _ends(value)
        return _range_in_chinese(first, last, "至")
    if value.form == "set":
        words = _set_in_chinese(value)
        return f"约{words}" if value.approximate else words
    words = _single_in_chinese(value)
    if not value.approximate:
        return words
    return f"约{words}" if value.form == "unspecified" else f"{words}前后"


def _english(value: EdtfDate) -> str:
    if value.form == "interval":
        first, last = _ends(value)
        return _range_in_english(first, last, "to")
    words = _set_in_english(value) if value.form == "set" else _single_in_english(value)
    return f"about {words}" if value.approximate else words


def _single_in_chinese(value: EdtfDate) -> str:
    if value.is_day:
        return _point_in_chinese(_point_of(value.earliest))
    point = _point(value.text)
    if point is None:
        return f"{value.earliest.year}年至{value.latest.year}年间"
    if point.some == "month" and point.day:
        return f"{point.year}年某月{point.day}日"
    return _point_in_chinese(point)


def _single_in_english(value: EdtfDate) -> str:
    if value.is_day:
        return _point_in_english(_point_of(value.earliest))
    point = _point(value.text)
    if point is None:
        return f"between {value.earliest.year} and {value.latest.year}"
    if point.some == "month" and point.day:
        return f"day {point.day} of some month in {point.year}"
    return _point_in_english(point)


def _set_in_chinese(value: EdtfDate) -> str:
    first, last, only_these = _outline(value)
    if first == last:
        return _point_in_chinese(first)
    if only_these:
        return _range_in_chinese(first, last, "或")
    return _range_in_chinese(first, last, "至") + ("间的某一天" if first.day else "间")


def _set_in_english(value: EdtfDate) -> str:
    first, last, only_these = _outline(value)
    if first == last:
        return _point_in_english(first)
    if only_these:
        return _range_in_english(first, last, "or")
    return ("one day between " if first.day else "between ") + _range_in_english(first, last, "and")


def _outline(value: EdtfDate) -> tuple[_Point, _Point, bool]:
    """Return the first and last point of a set, and whether it is one of just these two."""
    plain = _without_qualifiers(value.text)
    ends = [end for item in _items(plain) for end in item]
    length = min(map(len, ends)) if "X" not in plain else 10
    if length != max(map(len, ends)):
        length = 10
    first = _cut(_point_of(value.earliest), length)
    last = _cut(_point_of(value.latest), length)
    return first, last, plain.count(",") == 1 and ".." not in plain and len(set(ends)) == 2


def _cut(point: _Point, length: int) -> _Point:
    return _Point(point.year, point.month * (length > 4), point.day * (length > 7))


def _ends(value: EdtfDate) -> tuple[_Point, _Point]:
    first, last = (_point(end) for end in value.text.split("/"))
    return first or _point_of(value.earliest), last or _point_of(value.latest)


def _without_qualifiers(text: str) -> str:
    return re.sub("[~?%]", "", text)


def _point(text: str) -> _Point | None:
    """Return what was written, or None where the year itself is unspecified."""
    match = _PARTS.fullmatch(_without_qualifiers(text))
    if match is None:
        return None
    year, month, day = match.groups()
    some: Literal["", "month", "day"] = "day" if day == "XX" else "month" if month == "XX" else ""
    about = "~" in text or "%" in text
    return _Point(int(year), _number(month), _number(day), some, about)


def _number(part: str | None) -> int:
    return int(part) if part and part != "XX" else 0


def _point_of(day: date) -> _Point:
    return _Point(day.year, day.month, day.day)


def _point_in_chinese(point: _Point, since: _Point | None = None) -> str:
    """Return the point in words, without the year and month that `since` has already said."""
    same_year = since is not None and since.year == point.year and point.month > 0
    same_month = since is not None and _same_month(point, since)
    words = "" if same_year else f"{point.year}年"
    if point.month and not same_month:
        words += f"{point.month}月"
    if point.day:
        words += f"{point.day}日"
    elif point.some:
        words += "的某一天" if point.some == "day" else "的某个月"
    return words


def _point_in_english(point: _Point, until: _Point | None = None) -> str:
    """Return the point in words, without the month and year that `until` is going to say."""
    same_year = until is not None and until.year == point.year and min(point.month, until.month) > 0
    same_month = until is not None and _same_month(point, until)
    words = [str(point.day)] if point.day else []
    if point.some:
        words.append(f"some {point.some} in")
    if point.month and not same_month:
        words.append(_MONTHS[point.month - 1])
    if not same_year:
        words.append(str(point.year))
    return " ".join(words)


def _same_month(a: _Point, b: _Point) -> bool:
    """Tell whether two days lie in one month, so that it need be said only once."""
    return a.day > 0 and b.day > 0 and (a.year, a.month) == (b.year, b.month)


def _range_in_chinese(first: _Point, last: _Point, joint: str) -> str:
    start = _point_in_chinese(first) + ("前后" if first.about else "")
    if first == last:
        return start
    return f"{start}{joint}{_point_in_chinese(last, first)}" + ("前后" if last.about else "")


def _range_in_english(first: _Point, last: _Point, joint: str) -> str:
    end = ("about " if last.about else "") + _point_in_english(last)
    if first == last:
        return end
    start = ("about " if first.about else "") + _point_in_english(first, last)
    return f"{start} {joint} {end}"
