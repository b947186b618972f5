"""What each member of the team has done, as far as it is on record.

Enter: an Archive and its statistics. Leave: one `Service` for every member, in the order of the
team. Days are single days; what took a period or has no certain day counts as an activity only.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from generator.archive.archive import Archive
from generator.archive.statistic import Statistic
from generator.archive.statistics import Statistics
from generator.archive.totals import Selection
from generator.kinds.member import Member

_TASK = attrgetter("task")


@dataclass(frozen=True, slots=True)
class Service:
    """A member's days and activities, the first and last of those days, tasks by frequency."""

    member: Member
    days: Statistic
    activities: Statistic
    first: date | None
    last: date | None
    tasks: tuple[tuple[str, int], ...]


def services(archive: Archive, figures: Statistics) -> tuple[Service, ...]:
    """What every member has done."""
    days = {one.by: one for one in figures.grouped("days", "member")}
    activities = {one.by: one for one in figures.grouped("activities", "member")}
    return tuple(_service(archive, figures, one, days, activities) for one in archive.members)


_Figures = dict[tuple[tuple[str, str], ...], Statistic]


def _service(
    archive: Archive, figures: Statistics, member: Member, days: _Figures, activities: _Figures
) -> Service:
    by = (("member", member.id),)
    served = archive.served[member.id]  # in order
    tasks = Counter(map(_TASK, served))
    return Service(
        member=member,
        days=days.get(by) or _none(figures, "days", by),
        activities=activities.get(by) or _none(figures, "activities", by),
        first=next((one.date.earliest for one in served if one.date.is_day), None),
        last=next((one.date.earliest for one in reversed(served) if one.date.is_day), None),
        tasks=tuple(sorted(tasks.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def _none(figures: Statistics, id: str, by: tuple[tuple[str, str], ...]) -> Statistic:
    nothing = figures.total(id, Selection(keys=by))
    assert nothing is not None  # counts are 0 where there is nothing
    return nothing
