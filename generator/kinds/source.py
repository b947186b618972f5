"""A source: what was published elsewhere, and the figures it claims."""

from collections.abc import Iterator
from typing import Literal

from generator.kinds.fields import (
    Address,
    Amount,
    Date,
    Finding,
    Line,
    Markdown,
    Part,
    Record,
    References,
    described,
    refers_to,
)
from generator.problems.problem import Bilingual, Code, Severity

CLM001 = Code(
    "CLM001",
    Severity.ERROR,
    Bilingual("说不清主张的是什么数", "A claim about nothing"),
    Bilingual(
        "每条主张要写 measure，或者写 item 和 unit。",
        "a claim needs either `measure`, or `item` with its `unit`.",
    ),
    Bilingual(
        "指标写 measure；捐赠物品写 item 和 unit。", "a measure, or an item together with its unit."
    ),
    Bilingual(
        "只有说清是什么数，才能和记录对照。", "Only then can it be compared with the records."
    ),
)


class Claim(Part):
    """A figure as published."""

    measure: Line | None = described("指标", "Measure (of archive.yml)", None)
    item: Line | None = described("捐赠物品", "Item of a donation", None)
    value: Amount = described("数量", "Quantity")
    unit: Line | None = described("单位（物品用）", "Unit (for an item)", None)
    as_of: Date | None = described("截至", "As of", None)
    quote: Line | None = described("原文短句", "The words of the source", None)

    @property
    def subject(self) -> str:
        """What the claim is about: the measure's id, or `item:` and the item."""
        return self.measure or f"item:{self.item}"


class Source(Record):
    """One published article, notice, table, recording or picture."""

    title: Line = described("标题", "Title")
    publisher: Line | None = described("发布者", "Publisher", None)
    author: Line | None = described("作者", "Author", None)
    date: Date | None = described("发布日期", "Date of publication", None)
    url: Address | None = described("网址", "Address", None)
    kind: Literal["article", "notice", "table", "oral", "photo"] = described(
        "article 文章、notice 通知、table 表格、oral 口述、photo 照片",
        "article, notice, table, oral or photo",
    )
    note: Markdown | None = described("说明", "Note", None)
    claims: tuple[Claim, ...] = described("其中的数字", "Figures it gives", ())

    def references(self) -> Iterator[References]:
        """Measures and units of its claims."""
        for number, claim in enumerate(self.claims):
            yield refers_to("measure", claim.measure, "claims", number, "measure")
            yield refers_to("unit", claim.unit, "claims", number, "unit")

    def findings(self) -> Iterator[Finding]:
        """CLM001 for a claim that does not say what it is about."""
        for number, claim in enumerate(self.claims):
            one_subject = (claim.measure is None) != (claim.item is None)
            if not one_subject or (claim.item is not None and claim.unit is None):
                yield Finding(CLM001, ("claims", number), {})


CODES = (CLM001,)
