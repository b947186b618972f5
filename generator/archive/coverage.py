"""What is missing: days without an entry, names, dates, quantities and originals not known.

Enter: an Archive. Leave: a `Coverage`, the honest gaps that readers are asked to fill.
"""

from dataclasses import dataclass
from datetime import date

from generator.archive.archive import Archive, Dated, Photograph
from generator.archive.subjects import unquantified
from generator.kinds.donation import Item
from generator.kinds.fields import Ref
from generator.kinds.member import Member

_LONGEST_CALENDAR = 366 * 60  # days: an archive of sixty years


@dataclass(frozen=True, slots=True)
class Coverage:
    """The gaps of an archive, each group in the archive's own order."""

    empty_days: tuple[date, ...]
    unnamed: tuple[Member, ...]
    undated: tuple[Dated, ...]
    unquantified: tuple[tuple[Ref, Item], ...]
    originals_wanted: tuple[Photograph, ...]


def days_of_period(archive: Archive) -> tuple[date, ...]:
    """Every day of the archive's period, at most sixty years of them."""
    period = archive.file.period
    first = period.earliest.toordinal()
    last = min(period.latest.toordinal(), first + _LONGEST_CALENDAR)
    return tuple(map(date.fromordinal, range(first, last + 1)))


def empty_days(archive: Archive) -> tuple[date, ...]:
    """Days of the period on which nothing is recorded."""
    there = archive.slugs
    return tuple(day for day in days_of_period(archive) if day.isoformat() not in there)


def coverage(archive: Archive) -> Coverage:
    """What the archive does not know yet."""
    return Coverage(
        empty_days=empty_days(archive),
        unnamed=tuple(one for one in archive.members if one.name is None),
        undated=tuple(
            one for one in archive.dated if not one.date.is_day and one.date.form != "interval"
        ),
        unquantified=unquantified(archive),
        originals_wanted=tuple(
            one for one in archive.photographs if one.photo.pending or one.photo.illustration
        ),
    )
