"""An activity: what was done on a day, by whom, with which figures and photographs."""

from collections.abc import Iterator

from generator.kinds.fields import (
    Amount,
    ClockTime,
    Date,
    Finding,
    Identifiers,
    Line,
    Lines,
    Markdown,
    Part,
    Record,
    References,
    Visibility,
    date_findings,
    described,
    refers_to,
    refers_to_each,
)
from generator.kinds.photo import Photo, photo_findings
from generator.problems.problem import Bilingual, Code, Severity

EVERYONE = "all"

ACT001 = Code(
    "ACT001",
    Severity.NOTE,
    Bilingual("没有写参加的人", "Nobody is named"),
    Bilingual("“{title}” 没有写谁参加。", "“{title}” does not say who took part."),
    Bilingual(
        "写上 members: [编号, …]；全体参加写 members: all。",
        "add members: [id, ...], or members: all.",
    ),
    Bilingual(
        "每个人的日子由这里汇成；来源没有写就先空着。",
        "People's days are gathered from here; leave it open when no source says.",
    ),
)


ACT002 = Code(
    "ACT002",
    Severity.NOTE,
    Bilingual("没有数字", "No figures"),
    Bilingual("“{title}” 没有写数字。", "“{title}” gives no figures."),
    Bilingual(
        "有数可记就写上 figures（指标和数量）。",
        "add figures (measure and value) where there are any.",
    ),
    Bilingual(
        "合计由这里的数字汇成；没有数的事也可以不写。",
        "Totals are made of these; some things have no number, and that is fine.",
    ),
)


class Figure(Part):
    """A measured result of an activity."""

    measure: Line = described("指标（archive.yml 的 measures）", "Measure (of archive.yml)")
    value: Amount = described("数量，例如 406、约700、8000多", "Quantity, e.g. 406, 约700, 8000多")


class Quote(Part):
    """Words that somebody said."""

    by: Line = described("说话的人（成员编号或称呼）", "Who said it (member id or a description)")
    text: Line = described("原话", "The words")
    visibility: Visibility | None = described("谁可以看", "Who may see it", None)


class Activity(Record):
    """One thing done on one day (or over a period)."""

    date: Date = described("日期", "Date (EDTF)")
    time: ClockTime | None = described("时刻，例如 19:30", "Time of day, e.g. 19:30", None)
    title: Line = described("标题", "Title")
    task: Line = described("任务（archive.yml 的 tasks）", "Task (of archive.yml)")
    members: Identifiers = described(
        "参加的成员编号，全体写 all", "Ids of those who took part, or `all`", ()
    )
    reported_by: Identifiers = described("报告人（成员编号）", "Reported by (member ids)", ())
    place: Line | None = described("地点", "Place", None)
    summary: Markdown | None = described("经过（可用 Markdown）", "What happened (Markdown)", None)
    figures: tuple[Figure, ...] = described("数字", "Figures", ())
    photos: tuple[Photo, ...] = described("照片", "Photographs", ())
    quotes: tuple[Quote, ...] = described("原话", "Quotes", ())
    sources: Lines = described("来源编号", "Ids of the sources", ())
    tags: Lines = described("标签", "Tags", ())

    @property
    def everyone(self) -> bool:
        """Whether the whole team took part."""
        return self.members == (EVERYONE,)

    def references(self) -> Iterator[References]:
        """Members, task, measures and sources."""
        members = () if self.everyone else self.members
        yield refers_to("task", self.task, "task")
        yield refers_to_each("member", members, "members")
        yield refers_to_each("member", self.reported_by, "reported_by")
        yield refers_to_each("source", self.sources, "sources")
        for number, figure in enumerate(self.figures):
            yield refers_to("measure", figure.measure, "figures", number, "measure")

    def findings(self) -> Iterator[Finding]:
        """ACT001 when nobody is named, ACT002 without figures; an unknown day, photographs' gaps."""
        if not self.members:
            yield Finding(ACT001, ("title",), {"title": self.title})
        if not self.figures:
            yield Finding(ACT002, ("title",), {"title": self.title})
        yield from date_findings(self.date)
        yield from photo_findings(self.photos)


CODES = (ACT001, ACT002)
