"""Everything of an archive that can be totalled: each subject with the amounts it is made of.

Enter: an Archive. Leave: `Subject` values in a fixed order: counts of records, measures, things
received and handed on, money. Nothing is added up here; `totals` does that, for all of a subject or
for a part of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from generator.archive.archive import Archive, Dated, ref_of
from generator.archive.statistic import Group, Rule
from generator.kinds.activity import Activity
from generator.kinds.donation import Distribution, Donation, Item
from generator.kinds.fields import Ref
from generator.kinds.story import Story
from generator.values.dates import EdtfDate
from generator.values.quantities import Quantity, total
from generator.values.units import Unit, add_up, convert

YUAN = Unit("元", "元")
_PIECES = Unit("", "")
_ONE = Quantity(Decimal(1), Decimal(1))
Keys = Mapping[str, tuple[str, ...]]
KeysOf = Callable[[Dated], Keys]


class Entry(NamedTuple):
    """One amount in one record; `keys` are what it can be narrowed and grouped by."""

    ref: Ref
    when: EdtfDate | None
    quantity: Quantity
    keys: Keys


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that is totalled: by which rule, in which unit, from which amounts, in order."""

    id: str
    label: str
    unit: Unit
    rule: Rule
    group: Group
    entries: tuple[Entry, ...]


class Subjects(Mapping[str, Subject]):
    """Every subject by its id, in a fixed order; each is made when it is first asked for.

    Measures are made together, and so is all that gifts are made of.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._keys = keys_of(archive)
        self._counted: dict[str, Subject] = {}

    def __getitem__(self, id: str) -> Subject:
        if id in _COUNTS:
            if id not in self._counted:
                entries = tuple(_COUNTS[id](self._archive, self._keys))
                self._counted[id] = Subject(id, id, _PIECES, "count", "counted", entries)
            return self._counted[id]
        return self._measured[id] if id in self._archive.measures else self.given[id]

    def __iter__(self) -> Iterator[str]:
        return chain(_COUNTS, self._measured, self.given)

    def __len__(self) -> int:
        return len(_COUNTS) + len(self._measured) + len(self.given)

    @cached_property
    def _measured(self) -> dict[str, Subject]:
        return {one.id: one for one in _measures(self._archive, self._keys)}

    @cached_property
    def given(self) -> Mapping[str, Subject]:
        """All that gifts are made of."""
        return {one.id: one for one in _gifts(self._archive)}


def _members(archive: Archive, keys: KeysOf) -> Iterator[Entry]:
    for one in archive.members:
        yield Entry(ref_of(one), None, _ONE, {"batch": (one.batch or "",)})


def _one_each(records: Iterable[Dated], keys: KeysOf) -> Iterator[Entry]:
    for one in records:
        yield Entry(ref_of(one), one.date, _ONE, keys(one))


def _days(archive: Archive, keys: KeysOf) -> Iterator[Entry]:
    """Days on which something is recorded; periods and uncertain dates are not days."""
    for slug, records in archive.days.items():
        for record in records:
            if record.date.is_day:
                yield Entry(Ref("day", slug), record.date, _ONE, keys(record))


def _photographs(archive: Archive, keys: KeysOf) -> Iterator[Entry]:
    for one in archive.photographs:
        owner = one.owner
        own = keys(owner) if isinstance(owner, Activity | Donation | Story) else {}
        yield Entry(Ref("photo", one.id), one.date, _ONE, own)


_COUNTS: Mapping[str, Callable[[Archive, KeysOf], Iterable[Entry]]] = {
    "members": _members,
    "activities": lambda archive, keys: _one_each(archive.activities, keys),
    "days": _days,
    "donations": lambda archive, keys: _one_each(archive.donations, keys),
    "stories": lambda archive, keys: _one_each(archive.stories, keys),
    "photographs": _photographs,
}
"""What is counted one by one."""


def keys_of(archive: Archive) -> KeysOf:
    """What a record's amounts can be narrowed by: task, member, batch; category, donor.

    A member is one who took part in the activity, not one through whom a gift came.
    """
    batches = {one.id: one.batch or "" for one in archive.members}
    known: dict[tuple[type, str], Keys] = {}

    def keys(record: Dated) -> Keys:
        found = known.get((type(record), record.id))
        if found is None:
            found = known[type(record), record.id] = _keys(archive, batches, record)
        return found

    return keys


def _keys(archive: Archive, batches: Mapping[str, str], record: Dated) -> Keys:
    if isinstance(record, Activity):
        present = archive.members_of(record)
        own = tuple(dict.fromkeys(map(batches.__getitem__, present)))
        return {"task": (record.task,), "member": present, "batch": own}
    if isinstance(record, Donation):
        categories = dict.fromkeys(item.category or "" for item in record.items)
        return {"category": tuple(categories), "donor": (record.donor.kind,)}
    return {}


def _measures(archive: Archive, keys: KeysOf) -> Iterator[Subject]:
    """Every measure that any activity gives a figure for, in the vocabulary's order."""
    found: dict[str, list[Entry]] = {id: [] for id in archive.measures}
    for activity in archive.activities:
        if activity.figures:
            own, ref = keys(activity), ref_of(activity)
            for one in activity.figures:
                if one.measure in found:
                    found[one.measure].append(Entry(ref, activity.date, one.value, own))
    for id, entries in found.items():
        if entries:
            measure = archive.measures[id]
            unit = unit_of(archive, measure.unit)
            yield Subject(id, measure.name, unit, measure.aggregate, "measured", tuple(entries))


@dataclass(frozen=True, slots=True)
class _Part:
    """An amount of a gift with its own unit, before all of one kind are put into one unit."""

    ref: Ref
    when: EdtfDate
    quantity: Quantity
    unit: Unit
    keys: Keys


def _gifts(archive: Archive) -> Iterator[Subject]:
    """Received and handed on, by item; received by category; in money. Dimensions stay apart."""
    received: dict[str, list[_Part]] = {}
    passed_on: dict[str, list[_Part]] = {}
    categories: dict[str, list[_Part]] = {}
    for gift in archive.donations:
        units = {item.item: unit_of(archive, item.unit) for item in gift.items}
        for item in gift.items:
            if item.quantity is not None:
                part = _part(gift, gift.date, item.quantity, units[item.item], item.category)
                received.setdefault(item.item, []).append(part)
                categories.setdefault(item.category or "", []).append(part)
        for one, quantity, when in handed_on(gift):
            category = next((i.category for i in gift.items if i.item == one.item), None)
            part = _part(gift, when, quantity, units[one.item], category)
            passed_on.setdefault(one.item, []).append(part)
    known = tuple(archive.units.values())
    for item_name, parts in received.items():
        yield from _by_dimension(f"item:{item_name}", item_name, "received", parts, known)
    for item_name, parts in passed_on.items():
        yield from _by_dimension(f"distributed:{item_name}", item_name, "distributed", parts, known)
    for category_id in sorted(categories):
        label = archive.label("item_category", category_id)
        parts = categories[category_id]
        yield from _by_dimension(f"category:{category_id}", label, "categories", parts, known)
    valued = tuple(_valued(archive))
    if valued:
        yield Subject("value", "value", YUAN, "sum", "valued", valued)


def handed_on(gift: Donation) -> Iterator[tuple[Distribution, Quantity, EdtfDate]]:
    """What is counted of what went out of a gift, how much it was and when."""
    items = {item.item for item in gift.items}
    for one in gift.distributions:
        if one.quantity is not None and one.item in items:
            yield one, one.quantity, one.date or gift.date


def _part(
    gift: Donation, when: EdtfDate, quantity: Quantity, unit: Unit, category: str | None
) -> _Part:
    keys = {"category": (category or "",), "donor": (gift.donor.kind,)}
    return _Part(ref_of(gift), when, quantity, unit, keys)


def _by_dimension(
    id: str, label: str, group: Group, parts: list[_Part], known: tuple[Unit, ...]
) -> Iterator[Subject]:
    """One subject for each dimension, in the unit that all share or in the base unit."""
    totals = add_up(((part.quantity, part.unit) for part in parts), known)
    for number, each in enumerate(totals):
        unit = each.unit
        entries = tuple(
            Entry(part.ref, part.when, convert(part.quantity, part.unit, unit), part.keys)
            for part in parts
            if part.unit.dimension == unit.dimension
        )
        own = id if number == 0 else f"{id}:{unit.id}"
        yield Subject(own, label, unit, "sum", group, entries)


def _valued(archive: Archive) -> Iterator[Entry]:
    """What things given were said to be worth, a gift at a time and category."""
    for gift in archive.donations:
        worth: dict[str, list[Quantity]] = {}
        for item in gift.items:
            if item.value_cny is not None:
                amount = Quantity(item.value_cny, item.value_cny)
                worth.setdefault(item.category or "", []).append(amount)
        for category, amounts in worth.items():
            keys = {"category": (category,), "donor": (gift.donor.kind,)}
            yield Entry(ref_of(gift), gift.date, total(amounts), keys)


def unit_of(archive: Archive, id: str | None) -> Unit:
    """The unit of that id; a bare number has a unit of its own."""
    return archive.units.get(id or "") or Unit(id or "", id or "", None, Decimal(1))


def single_days(archive: Archive) -> tuple[str, ...]:
    """Slugs of the days on which something is recorded; periods are not days."""
    return tuple(slug for slug, records in archive.days.items() if records[0].date.is_day)


def unquantified(archive: Archive) -> tuple[tuple[Ref, Item], ...]:
    """Items of gifts whose quantity nobody has stated."""
    return tuple(
        (ref_of(donation), item)
        for donation in archive.donations
        for item in donation.items
        if item.quantity is None
    )
