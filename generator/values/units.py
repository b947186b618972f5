"""Units of measure, and sums that never mix what cannot be mixed.

Quantities with their units enter; the same amounts in another unit, or totals, leave. Which units
exist is the archive's own vocabulary: none is built in, and none is guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from generator.values.quantities import EXACT, ZERO, Quantity

DECIMALS = 6

_SMALLEST = Decimal(1).scaleb(-DECIMALS)
_ROUNDING = Context(prec=EXACT.prec, rounding=ROUND_HALF_EVEN)


class UnitError(ValueError):
    """Two units that do not convert into each other, or a unit that makes no sense by itself."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a dimension: `factor` of the base unit, as 斤 is 0.5 of 公斤.

    Raises UnitError for a factor that is not above 0, or not 1 where the unit is its own base.
    """

    id: str
    label: str
    base: str | None = None
    """The id of the base unit; None when this is one."""
    factor: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if not self.factor.is_finite() or self.factor <= 0:
            raise UnitError(f"{self.id}: the factor must be above 0")
        if self.dimension == self.id and self.factor != 1:
            raise UnitError(f"{self.id}: a base unit has the factor 1")

    @property
    def dimension(self) -> str:
        """What the unit measures, named by the id of its base unit."""
        return self.base or self.id


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of all amounts of one dimension, in one unit."""

    quantity: Quantity
    unit: Unit


def convert(quantity: Quantity, source: Unit, target: Unit) -> Quantity:
    """Return the same amount in another unit of the dimension.

    An amount with more than 6 decimals in the new unit is rounded to 6 and becomes approximate.
    Raises UnitError if the dimensions differ.
    """
    if source.dimension != target.dimension:
        raise UnitError(f"{source.id} does not convert into {target.id}")
    if source.factor == target.factor:
        return quantity
    lower, rounded = _in_units_of(quantity.lower, source.factor, target.factor)
    upper = None
    if quantity.upper is not None:
        upper, rounded_too = _in_units_of(quantity.upper, source.factor, target.factor)
        rounded = rounded or rounded_too
    approximate = quantity.approximate or rounded
    near = quantity.near and bool(upper) and not approximate
    return Quantity(lower, upper, approximate, near)


def _in_units_of(amount: Decimal, source: Decimal, target: Decimal) -> tuple[Decimal, bool]:
    """Return the amount in the new unit, and whether it had to be rounded."""
    in_base = EXACT.multiply(amount, source)
    converted = _ROUNDING.divide(in_base, target)
    kept = converted.quantize(_SMALLEST, context=_ROUNDING)
    return kept, EXACT.multiply(kept, target) != in_base


def add_up(items: Iterable[tuple[Quantity, Unit]], known: Iterable[Unit] = ()) -> tuple[Total, ...]:
    """Return one total for each dimension, sorted by the dimension's id; dimensions never mix.

    Amounts that share one unit stay in it; others are summed in their base unit, which is looked
    for among the items and the `known` units, and is otherwise labelled with its id.
    """
    by_unit: dict[Unit, Quantity] = {}
    for quantity, unit in items:
        by_unit[unit] = by_unit.get(unit, ZERO) + quantity
    bases = {unit.id: unit for unit in (*known, *by_unit) if unit.dimension == unit.id}
    by_dimension: dict[str, list[Unit]] = {}
    for unit in by_unit:
        by_dimension.setdefault(unit.dimension, []).append(unit)
    return tuple(
        _total_of(dimension, {unit: by_unit[unit] for unit in units}, bases)
        for dimension, units in sorted(by_dimension.items())
    )


def _total_of(dimension: str, amounts: dict[Unit, Quantity], bases: dict[str, Unit]) -> Total:
    if len(amounts) == 1:
        ((unit, quantity),) = amounts.items()
        return Total(quantity, unit)
    base = bases.get(dimension, Unit(dimension, dimension))
    in_base = (quantity.scaled(unit.factor) for unit, quantity in amounts.items())
    return Total(sum(in_base, start=ZERO), base)
