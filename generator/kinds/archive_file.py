"""`records/archive.yml`: whose archive this is, its period, and its controlled vocabularies."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from generator.kinds.fields import (
    Date,
    Finding,
    Identifier,
    Identifiers,
    Line,
    Markdown,
    Part,
    Record,
    References,
    Visibility,
    described,
    refers_to,
)
from generator.problems.problem import Bilingual, Code, Severity
from generator.values.colours import READABLE, contrast, readable_on
from generator.values.units import Unit

WITHDRAWN_PAGE = r"^(days|donations|members|photos|stories)/[a-z0-9][a-z0-9_-]*\.html$"

ARC001 = Code(
    "ARC001",
    Severity.ERROR,
    Bilingual("词表里有两个同样的编号", "An id twice in a vocabulary"),
    Bilingual("“{id}” 在 {vocabulary} 里出现了两次。", "“{id}” stands twice in {vocabulary}."),
    Bilingual("留下一个。", "keep one."),
    Bilingual("词表的编号要能指到唯一的一项。", "An id of a vocabulary names one entry."),
)


ARC002 = Code(
    "ARC002",
    Severity.ERROR,
    Bilingual("单位换算说不通", "A unit that does not convert"),
    Bilingual("单位 “{id}” {reason_zh}", "unit “{id}” {reason_en}"),
    Bilingual(
        "基本单位不写 base 和 factor；别的单位写 base: 基本单位的编号、factor: 倍数。",
        "a base unit has neither base nor factor; any other has a base that is a base unit.",
    ),
    Bilingual(
        "换算只有一步，才不会把不同的东西加在一起。",
        "Units convert in one step, so that unlike things are never added up.",
    ),
)


ARC003 = Code(
    "ARC003",
    Severity.ERROR,
    Bilingual("颜色读不清", "A colour that cannot be read"),
    Bilingual(
        "{field} 的 {colour} 和底色 {ground} 太接近，字会看不清（对比度 {ratio}，至少要 4.5）。",
        "{field} {colour} is too close to its ground {ground} to be read (contrast {ratio}, 4.5 at least).",
    ),
    Bilingual(
        "改成 {suggestion}，或再深、再亮一些。", "write {suggestion}, or go further the same way."
    ),
    Bilingual(
        "读者里有老人，也有人在太阳底下看手机：文字和底色的对比度不低于 4.5（WCAG 2.2，1.4.3）。",
        "Some readers are old, and some read in the sun: text keeps a contrast of 4.5 (WCAG 2.2, 1.4.3).",
    ),
)
ARC004 = Code(
    "ARC004",
    Severity.ERROR,
    Bilingual("没有这个时区", "No such time zone"),
    Bilingual("没有时区 “{zone}”。", "there is no time zone “{zone}”."),
    Bilingual("写 IANA 的名称，例如 Asia/Shanghai。", "write an IANA name, such as Asia/Shanghai."),
    Bilingual(
        "“今天”是哪一天、订阅里每条记录的时刻，都按档案所在的时区算。",
        "What day is today, and the moment of every entry of the feeds, follow the archive's time zone.",
    ),
)
DAY_PAPER, _DAY_INK, _NIGHT_PAPER = "#fbfaf7", "#1f2328", "#15181b"

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]

COUNTED = ("members", "activities", "days", "donations", "stories", "photographs", "value")
"""Figures that every archive has; `figure("members")` means these and no measure."""

ARC005 = Code(
    "ARC005",
    Severity.ERROR,
    Bilingual("指标和自带的数字同名", "A measure named as a built-in figure"),
    Bilingual(
        "指标 “{id}” 和程序自带的数字同名。", "measure “{id}” is named as a built-in figure."
    ),
    Bilingual("换一个编号，如 “{id}-counted”。", "choose another id, such as “{id}-counted”."),
    Bilingual(
        "正文按编号问数字时，要知道问的是哪一个。",
        "Prose that asks for a figure by this id must mean one of them.",
    ),
)


class Term(Part):
    """One entry of a controlled vocabulary."""

    id: Line = described("编号", "Id")
    label: Line | None = described(
        "显示的名称；不写则用编号", "Shown name; the id when absent", None
    )
    description: Markdown | None = described("说明", "Description", None)

    @property
    def name(self) -> str:
        """What readers see."""
        return self.label or self.id


class Measure(Term):
    """Something that is counted."""

    unit: Line | None = described("单位", "Unit", None)
    task: Line | None = described("所属任务", "The task it belongs to", None)
    aggregate: Literal["sum", "max", "last"] = described(
        "怎样汇总：sum 相加、max 最大、last 最后", "How to sum up: sum, max or last", "sum"
    )


class UnitTerm(Term):
    """A unit, and how it converts."""

    base: Line | None = described("换算到的单位", "The unit it converts to", None)
    factor: Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=12)] = described(
        "乘以多少", "Times how much", Decimal(1)
    )

    def as_unit(self) -> Unit:
        """The unit as a value that converts."""
        return Unit(self.id, self.name, self.base, self.factor)


class Colours(Part):
    """What the site is printed in; every other shade follows from these."""

    accent: Colour | None = described(
        "主色：印章、链接、重点", "Accent: seal, links, emphasis", None
    )
    accent_night: Colour | None = described(
        "深色模式下的主色；不写就由主色调亮", "Accent by night; a lighter accent when absent", None
    )
    paper: Colour | None = described("纸色（浅色模式的底色）", "Paper: the ground by day", None)


class Tombstone(Part):
    """An address whose content was withdrawn, kept after the record itself has been deleted."""

    page: Annotated[str, Field(pattern=WITHDRAWN_PAGE)] = described(
        "撤回的网页，例如 stories/thanks.html", "The page, e.g. stories/thanks.html"
    )
    date: Date = described("撤回的日期", "When it was withdrawn")


class ArchiveFile(Record):
    """The archive itself."""

    title: Line = described("书名", "Title")
    subtitle: Line | None = described("副题", "Subtitle", None)
    organisation: Line = described("机构", "Organisation")
    place: Line | None = described("地点", "Place", None)
    period: Date = described("起止时间", "Period (EDTF interval)")
    began: Date | None = described(
        "工作第一天（“第几天”从这天数起）",
        "First day of the work, from which days are numbered",
        None,
    )
    timezone: Line = described("时区", "Time zone", "Asia/Shanghai")
    languages: Identifiers = described("语言", "Languages", ("zh",))
    licence: Line | None = described("许可", "Licence", None)
    contact: Line | None = described("联系方式", "Contact", None)
    default_visibility: Visibility = described(
        "没有写 visibility 的记录给谁看", "Visibility of records that do not say", "internal"
    )
    fiction: bool = described(
        "全是虚构，每一页都会写明", "All of it is invented, and every page says so", False
    )
    mark: Annotated[str, Field(max_length=2)] | None = described(
        "一个字的标记", "A mark of one character", None
    )
    colours: Colours = described("颜色", "Colours", Colours())
    hero: Identifier | None = described("首页大图（照片编号）", "Opening picture (photo id)", None)
    tasks: tuple[Term, ...] = described("任务", "Tasks", ())
    measures: tuple[Measure, ...] = described("指标", "Measures", ())
    units: tuple[UnitTerm, ...] = described("单位", "Units", ())
    item_categories: tuple[Term, ...] = described("物品类别", "Categories of items", ())
    places: tuple[Term, ...] = described("地点", "Places", ())
    batches: tuple[Term, ...] = described("批次", "Batches", ())
    tombstones: tuple[Tombstone, ...] = described(
        "记录已经删掉、网址还要答一声“已撤回”的网页",
        "Pages whose records are deleted and whose addresses still say that they were withdrawn",
        (),
    )

    def vocabularies(self) -> dict[str, tuple[Term, ...]]:
        """The vocabularies by the kind that a reference names."""
        return {
            "task": self.tasks,
            "measure": self.measures,
            "unit": self.units,
            "item_category": self.item_categories,
            "place": self.places,
            "batch": self.batches,
        }

    def references(self) -> Iterator[References]:
        """Units and tasks of measures, bases of units, the opening picture."""
        yield refers_to("photo", self.hero, "hero")
        for number, measure in enumerate(self.measures):
            yield refers_to("unit", measure.unit, "measures", number, "unit")
            yield refers_to("task", measure.task, "measures", number, "task")
        for number, unit in enumerate(self.units):
            yield refers_to("unit", unit.base, "units", number, "base")

    def findings(self) -> Iterator[Finding]:
        """ARC001 for an id given twice, ARC002 for units, ARC003 for colours,
        ARC004 for the zone, ARC005 for a measure that would hide a built-in figure.
        """
        yield from self._unconvertible()
        yield from _unreadable(self.colours)
        if not _is_zone(self.timezone):
            yield Finding(ARC004, ("timezone",), {"zone": self.timezone})
        for number, measure in enumerate(self.measures):
            if measure.id in COUNTED:
                yield Finding(ARC005, ("measures", number, "id"), {"id": measure.id})
        for kind, terms in self.vocabularies().items():
            seen: set[str] = set()
            for number, term in enumerate(terms):
                if term.id in seen:
                    field = {"item_category": "item_categories", "batch": "batches"}.get(
                        kind, f"{kind}s"
                    )
                    words = {"id": term.id, "vocabulary": field}
                    yield Finding(ARC001, (field, number, "id"), words)
                seen.add(term.id)

    def _unconvertible(self) -> Iterator[Finding]:
        bases = {unit.id: unit.base for unit in self.units}
        for number, unit in enumerate(self.units):
            if unit.base in (None, unit.id):
                if unit.factor != 1:
                    reason = ("有倍数却没有 base。", "has a factor but no base.")
                    yield _no_conversion(unit, number, "factor", reason)
            elif bases.get(unit.base) not in (None, unit.base):
                reason = (
                    f"换算到 “{unit.base}”，而 “{unit.base}” 又换算到别的单位。",
                    f"converts to “{unit.base}”, which converts to another unit itself.",
                )
                yield _no_conversion(unit, number, "base", reason)


def _no_conversion(unit: UnitTerm, number: int, field: str, reason: tuple[str, str]) -> Finding:
    words = {"id": unit.id, "reason_zh": reason[0], "reason_en": reason[1]}
    return Finding(ARC002, ("units", number, field), words)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _unreadable(colours: Colours) -> Iterator[Finding]:
    """ARC003 for each colour that cannot be read where it is used."""
    paper = colours.paper or DAY_PAPER
    pairs = (
        ("paper", colours.paper, _DAY_INK),
        ("accent", colours.accent, paper),
        ("accent_night", colours.accent_night, _NIGHT_PAPER),
    )
    for field, colour, ground in pairs:
        if colour is not None and contrast(colour, ground) < READABLE:
            words = {
                "field": field,
                "colour": colour,
                "ground": ground,
                "ratio": f"{contrast(colour, ground):.1f}",
                "suggestion": readable_on(ground, colour),
            }
            yield Finding(ARC003, ("colours", field), words)


CODES = (ARC001, ARC002, ARC003, ARC004, ARC005)
