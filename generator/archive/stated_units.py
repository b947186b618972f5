"""Units written behind a number (34吨) against the unit that the field is counted in.

Enter: an Archive and its documents. Leave: problems QTY002. A unit that is not the declared one is
never converted in silence: whoever wrote it says which of the two is meant.
"""

from collections.abc import Iterator, Mapping

from generator.archive.archive import Archive
from generator.kinds.activity import Activity
from generator.kinds.donation import Donation
from generator.kinds.fields import Location, QuantityWithUnit, Record
from generator.kinds.source import Source
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.reading.documents import Document
from generator.values.quantities import Quantity
from generator.values.text import half_width

QTY002 = Code(
    "QTY002",
    Severity.ERROR,
    Bilingual("数字后面的单位对不上", "The unit behind a number disagrees"),
    Bilingual(
        "数字后面写的是 “{found}”，这里的单位是 “{unit}”。",
        "“{found}” is written behind the number, but this is counted in “{unit}”.",
    ),
    Bilingual(
        "只写数字；要换单位就换算好再写，或改 unit。",
        "write the number alone; convert it first, or change the unit.",
    ),
    Bilingual(
        "单位对不上的数不能相加，也不替人换算。",
        "Numbers in another unit do not add up, and none is converted in silence.",
    ),
)
CODES = (QTY002,)

Stated = tuple[Location, Quantity | None, str | None]


def unit_problems(archive: Archive, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """QTY002 wherever the unit behind a number is neither label nor id of the one declared."""
    records: tuple[Record, ...] = (*archive.activities, *archive.donations, *archive.sources)
    for record in records:
        for location, quantity, unit in _stated(archive, record) if _says_any(record) else ():
            if isinstance(quantity, QuantityWithUnit) and not _is(archive, quantity.unit, unit):
                document = documents.get(record.path)
                place = document.place(location) if document else Place(record.path)
                words = archive.label("unit", unit) or "—"
                yield problem(QTY002, place, found=quantity.unit, unit=words)


def _is(archive: Archive, written: str, unit: str | None) -> bool:
    names = (unit or "", archive.label("unit", unit))
    return written in {half_width(name).lower().replace(" ", "") for name in names}


def _says_any(record: Record) -> bool:
    """Whether a unit is written behind a number of the record: few have any."""
    if not isinstance(record, Activity):
        return True
    return any(type(one.value) is QuantityWithUnit for one in record.figures)


def _stated(archive: Archive, record: Record) -> Iterator[Stated]:
    """Every quantity of a record with its place and the id of the unit declared for it."""
    if isinstance(record, Activity):
        for number, one in enumerate(record.figures):
            yield ("figures", number, "value"), one.value, _unit_of_measure(archive, one.measure)
    elif isinstance(record, Donation):
        units = {item.item: item.unit for item in record.items}
        for number, item in enumerate(record.items):
            if item.unit is not None:  # without a unit the record has a problem of its own
                yield ("items", number, "quantity"), item.quantity, item.unit
        for number, gone in enumerate(record.distributions):
            location = ("distributions", number, "quantity")
            yield location, gone.quantity, units.get(gone.item)
    elif isinstance(record, Source):
        for number, claim in enumerate(record.claims):
            unit = claim.unit or _unit_of_measure(archive, claim.measure)
            yield ("claims", number, "value"), claim.value, unit


def _unit_of_measure(archive: Archive, id: str | None) -> str | None:
    measure = archive.measures.get(id or "")
    return measure.unit if measure else None
