"""One figure of the archive, with the rule it was made by and the records it is made of.

Pure values: nothing here reads a record or calculates a total.
"""

import re
from dataclasses import dataclass
from typing import Literal

from generator.kinds.fields import Ref
from generator.values.quantities import Quantity

Origin = Literal["recorded", "reported"]
Rule = Literal["sum", "max", "last", "count", "difference", "reported"]
Group = Literal[
    "counted",  # numbers of records
    "measured",  # measures of the archive's vocabulary
    "received",  # things given, by item
    "distributed",  # things known to have been handed on, by item
    "left",  # received and not known to have been handed on, by item
    "categories",  # things given, by category and unit
    "donors",  # gifts by kind of donor and by category
    "valued",  # things given, in money
    "missing",  # gaps
    "claimed",  # what sources say
]
GROUPS: tuple[Group, ...] = (
    "counted", "measured", "received", "distributed", "left", "categories", "donors", "valued",
    "missing", "claimed",
)  # fmt: skip
By = tuple[tuple[str, str], ...]
"""What a figure is narrowed to, sorted by name: `(("month", "2020-03"),)`; empty for a total."""

_UNSAFE = re.compile(r"[^\w.:@=,-]")


@dataclass(frozen=True, slots=True)
class Statistic:
    """One figure: what it counts, how much, in which unit, by which rule, from which records.

    `id` is unique among the figures of one origin; a narrowed one is `subject@name=value,...`.
    """

    id: str
    label: str
    quantity: Quantity
    unit: str
    origin: Origin
    rule: Rule
    records: tuple[Ref, ...] = ()
    sources: tuple[Ref, ...] = ()
    group: Group = "counted"
    by: By = ()

    @property
    def subject(self) -> str:
        """The id without what it is narrowed to."""
        return self.id.removesuffix(narrowed_id("", self.by))

    @property
    def anchor(self) -> str:
        """Its address within the page that lists it: no two figures share one."""
        return f"{self.origin}-{_safe(self.id)}"


def narrowed_id(subject: str, by: By) -> str:
    """The id of a figure narrowed to `by`."""
    return f"{subject}@{','.join(map('='.join, by))}" if by else subject


def thing_anchor(group: Group, name: str, dimension: str) -> str:
    """The address of what was received or handed on of a thing, in one dimension.

    One gift is enough to know it: unlike an id's, it is the same whatever other gifts there are.
    """
    return f"{group}-{_safe(f'{name}={dimension}')}"


def _safe(text: str) -> str:
    """Without what an address would have to escape."""
    return _UNSAFE.sub(lambda match: f"~{ord(match[0]):x}~", text)


def total_anchor(id: str) -> str:
    """The anchor of a recorded total of that id."""
    return f"recorded-{_safe(id)}"


def activities_of(task: str) -> str:
    """The anchor of the figure that counts the activities of a task."""
    return total_anchor(f"activities:{task}")
