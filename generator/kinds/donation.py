"""A donation: who gave what, and where it went. What is not stated stays unknown."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from generator.kinds.consent import Consent
from generator.kinds.fields import (
    Amount,
    Date,
    Finding,
    Identifiers,
    Line,
    Lines,
    Markdown,
    Part,
    Record,
    References,
    date_findings,
    described,
    refers_to,
    refers_to_each,
)
from generator.kinds.photo import Photo, photo_findings
from generator.problems.problem import Bilingual, Code, Severity, near_words
from generator.values.identifiers import closest
from generator.values.quantities import ZERO, Quantity, quantity_in_words

DonorKind = Literal["enterprise", "individual", "government", "organisation"]

DON001 = Code(
    "DON001",
    Severity.ERROR,
    Bilingual("分发了没有收到的物品", "Distributing what was not received"),
    Bilingual("这笔捐赠里没有 “{item}”。{near_zh}", "this donation has no “{item}”. {near_en}"),
    Bilingual("item 要和 items 里写的一字不差。", "`item` has to be written as under items."),
    Bilingual("去向要和收到的物品对得上。", "What goes out has to match what came in."),
)
DON002 = Code(
    "DON002",
    Severity.NOTE,
    Bilingual("数量未载", "The quantity is not stated"),
    Bilingual("“{item}” 没有数量。", "“{item}” has no quantity."),
    Bilingual("知道的人可以补上 quantity 和 unit。", "whoever knows it can add quantity and unit."),
    Bilingual("没有记载的数量不估算。", "A quantity that is not on record is not guessed."),
)
DON003 = Code(
    "DON003",
    Severity.ERROR,
    Bilingual("有数量却没有单位", "A quantity without a unit"),
    Bilingual("“{item}” 写了数量，没有写单位。", "“{item}” has a quantity but no unit."),
    Bilingual("加上 unit: …（archive.yml 的 units）。", "add unit: ... (of archive.yml)."),
    Bilingual("没有单位的数不能相加。", "Numbers without units cannot be added up."),
)


DON004 = Code(
    "DON004",
    Severity.WARNING,
    Bilingual("分发的比收到的多", "More handed on than received"),
    Bilingual(
        "“{item}” 收到 {received_zh}，分发了 {distributed_zh}。",
        "“{item}”: {received_en} received, {distributed_en} handed on.",
    ),
    Bilingual("核对两边的数量。", "check both quantities."),
    Bilingual("去向不该超过来源。", "What goes out cannot exceed what came in."),
)


_UNKNOWN = Quantity(Decimal(0), None)
_MOST_SEARCHES = 100  # for the nearest item, in one donation


class Donor(Part):
    """Who gave."""

    name: Line = described("捐赠者名称", "Name of the donor")
    kind: DonorKind = described(
        "enterprise 企业、individual 个人、government 政府、organisation 组织",
        "enterprise, individual, government or organisation",
    )
    anonymous: bool = described("不具名", "Not named", False)
    consent: Consent | None = described(
        "具名的同意；个人没有同意就不具名",
        "Consent to be named; an individual without it is shown unnamed",
        None,
    )


class Item(Part):
    """One kind of thing given."""

    item: Line = described("物品", "The thing given")
    quantity: Amount | None = described("数量；未载就不写", "Quantity; absent when unknown", None)
    unit: Line | None = described("单位（archive.yml 的 units）", "Unit (of archive.yml)", None)
    category: Line | None = described(
        "类别（archive.yml 的 item_categories）", "Category (of archive.yml)", None
    )
    value_cny: Decimal | None = described(
        "价值（元）", "Value in yuan", None, ge=0, max_digits=15, decimal_places=2
    )


class Distribution(Part):
    """Where some of it went; the unit is that of the item."""

    date: Date | None = described("日期", "Date", None)
    to: Line = described("给谁", "To whom")
    item: Line = described("物品，和 items 里一样", "The item, as under items")
    quantity: Amount | None = described("数量", "Quantity", None)


class Donation(Record):
    """One gift, of one or several kinds of things."""

    date: Date = described("日期", "Date (EDTF)")
    donor: Donor = described("捐赠者", "Donor")
    via: Identifiers = described("经手的成员", "Members through whom it came", ())
    recipient: Line | None = described("受赠者", "Recipient", None)
    items: tuple[Item, ...] = described("物品", "Things given", min_length=1)
    distributions: tuple[Distribution, ...] = described("去向", "Where it went", ())
    occasion: Line | None = described("事由", "Occasion", None)
    summary: Markdown | None = described("经过（可用 Markdown）", "What happened (Markdown)", None)
    photos: tuple[Photo, ...] = described("照片", "Photographs", ())
    sources: Lines = described("来源编号", "Ids of the sources", ())

    @property
    def title(self) -> str:
        """What a list calls this gift: its occasion, or the things given."""
        return self.occasion or "、".join(item.item for item in self.items)

    def references(self) -> Iterator[References]:
        """Members, units, categories and sources."""
        yield refers_to_each("member", self.via, "via")
        yield refers_to_each("source", self.sources, "sources")
        for number, item in enumerate(self.items):
            yield refers_to("unit", item.unit, "items", number, "unit")
            yield refers_to("item_category", item.category, "items", number, "category")

    def findings(self) -> Iterator[Finding]:
        """DON001-DON004; an unknown day, photographs' gaps."""
        names = [item.item for item in self.items]
        for number, one in enumerate(self.distributions):
            if one.item not in names:
                near = closest(one.item, names) if number < _MOST_SEARCHES else None
                words = {"item": one.item, **near_words(near)}
                yield Finding(DON001, ("distributions", number, "item"), words)
        for number, item in enumerate(self.items):
            if item.quantity is None:
                yield Finding(DON002, ("items", number, "item"), {"item": item.item})
            elif item.unit is None:
                yield Finding(DON003, ("items", number, "quantity"), {"item": item.item})
        yield from self._overspent()
        yield from date_findings(self.date)
        yield from photo_findings(self.photos)

    def _overspent(self) -> Iterator[Finding]:
        """DON004 when even the least that was handed on is more than the most that came in."""
        received: dict[str, Quantity] = defaultdict(lambda: ZERO)
        handed_on: dict[str, Quantity] = defaultdict(lambda: ZERO)
        units: dict[str, set[str | None]] = defaultdict(set)
        for item in self.items:
            received[item.item] += _UNKNOWN if item.quantity is None else item.quantity
            units[item.item].add(item.unit)
        for one in self.distributions:
            handed_on[one.item] += ZERO if one.quantity is None else one.quantity
        for number, item in enumerate(self.items):
            came, went = received.pop(item.item, _UNKNOWN), handed_on[item.item]
            if len(units[item.item]) == 1 and came.upper is not None and went.lower > came.upper:
                yield Finding(DON004, ("items", number, "quantity"), _both(item.item, came, went))


def _both(item: str, received: Quantity, distributed: Quantity) -> dict[str, str]:
    words = {"item": item}
    for language in ("zh", "en"):
        words[f"received_{language}"] = quantity_in_words(received, language)
        words[f"distributed_{language}"] = quantity_in_words(distributed, language)
    return words


CODES = (DON001, DON002, DON003, DON004)
