"""What an expression narrows a figure to: dates and names as written in prose, or why they fail.

Enter: the options of `figure`, `count` and `breakdown`. Leave: a `Selection`. Raises
`ExpressionError` with the nearest known word for an option, a date or a name that is none.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import get_args

from generator.archive.subjects import Subject
from generator.archive.totals import KEYS, SPANS, Grouping, Selection
from generator.kinds.donation import DonorKind
from generator.kinds.fields import Ref
from generator.pages.view import View
from generator.values.dates import DateError, EdtfDate, parse_date
from generator.values.identifiers import closest

_DATES = ("during", "since", "until")


class ExpressionError(ValueError):
    """An expression that the archive cannot answer; `near` is what may have been meant."""

    def __init__(self, message: str, near: str | None = None) -> None:
        super().__init__(message)
        self.near = near


def unknown(id: str, known: Iterable[str]) -> ExpressionError:
    """That nothing has this name, and what may have been meant."""
    return ExpressionError(f"没有 “{id}”（not in the archive）", closest(id, sorted(known)))


def resolved(view: View, kind: str, id: str) -> Ref:
    """What an id means to this audience: a hidden member is meant under a pseudonym.

    Raises ExpressionError for what is withheld.
    """
    ref = Ref(kind, id)
    if ref in view.edition.withheld:
        raise ExpressionError(
            f"“{id}” 不给这一版的读者看，正文里也不能提（withheld from this audience）"
        )
    return view.edition.renamed.get(ref, ref)


def selection_of(view: View, id: str, options: Mapping[str, str]) -> Selection:
    """The part of a subject that the options name."""
    named = sorted((name, value) for name, value in options.items() if name not in _DATES)
    if not named:
        return Selection(*_range(options))
    allowed = keys_of(view, id, view.edition.figures.subjects.get(id))
    keys = []
    for name, value in named:
        if name not in allowed:
            raise ExpressionError(
                f"“{id}” 不能按 “{name}” 取（no such option here）",
                closest(name, sorted((*_DATES, *allowed))),
            )
        known = _known_values(view, name)
        value = resolved(view, name, value).id
        if value not in known:
            raise unknown(value, known)
        keys.append((name, value))
    return Selection(*_range(options), tuple(keys))


def keys_of(view: View, id: str, subject: Subject | None) -> tuple[Grouping, ...]:
    """What a subject can be narrowed by, besides dates."""
    if subject is None:
        return ("task",) if id in view.archive.measures else ()
    names = {name for entry in subject.entries for name in entry.keys}
    return tuple(name for name in KEYS if name in names)


def grouping_of(view: View, id: str, by: str) -> Grouping:
    """The grouping that `by` names, if the subject has it."""
    subject = view.edition.figures.subjects.get(id)
    allowed = (*SPANS, *keys_of(view, id, subject))
    if by not in allowed:
        raise ExpressionError(
            f"“{id}” 不能按 “{by}” 分（no such grouping here）", closest(by, sorted(allowed))
        )
    return next(one for one in allowed if one == by)


def _range(options: Mapping[str, str]) -> tuple[date | None, date | None]:
    """First and last day; `during` is both ends of one date, month or period."""
    dates = {name: _date(options[name]) for name in _DATES if options.get(name)}
    if "during" in dates and len(dates) > 1:
        raise ExpressionError("during 不能和 since、until 同写（use one or the other）")
    if "during" in dates:
        return dates["during"].earliest, dates["during"].latest
    since = dates["since"].earliest if "since" in dates else None
    until = dates["until"].latest if "until" in dates else None
    if since and until and since > until:
        raise ExpressionError(f"since {since} 晚于 until {until}（the end lies before the start）")
    return since, until


def _date(text: str) -> EdtfDate:
    try:
        return parse_date(text)
    except DateError as fault:
        raise ExpressionError(f"看不懂日期 “{text}”（not a date）", fault.suggestion) from fault


def _known_values(view: View, name: str) -> tuple[str, ...]:
    archive, file = view.archive, view.archive.file
    known = {
        "task": tuple(one.id for one in file.tasks),
        "member": tuple(one.id for one in archive.members),
        "batch": tuple(one.id for one in file.batches),
        "category": tuple(one.id for one in file.item_categories),
        "donor": get_args(DonorKind),
    }
    return known[name]
