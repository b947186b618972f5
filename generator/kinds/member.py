"""A member of the organisation; a name that is not yet known is a gap to be filled, not a mistake."""

from collections.abc import Iterator

from generator.kinds.fields import (
    Date,
    Finding,
    Line,
    Lines,
    Markdown,
    Record,
    References,
    Visibility,
    described,
    refers_to,
    refers_to_each,
)
from generator.kinds.photo import Photo, photo_findings
from generator.problems.problem import Bilingual, Code, Severity

MEM001 = Code(
    "MEM001",
    Severity.NOTE,
    Bilingual("成员姓名待补", "A member without a name"),
    Bilingual("成员 “{id}” 的姓名还不知道。", "the name of member “{id}” is not known yet."),
    Bilingual("知道的人可以补上 name。", "whoever knows it can add `name`."),
    Bilingual(
        "来源没有写出的姓名不编造，先留空。",
        "A name that no source gives is not invented but left open.",
    ),
)


class Member(Record):
    """One person of the team."""

    name: Line | None = described(
        "姓名；不知道就不写", "Name; leave it out when it is not known", None
    )
    aliases: Lines = described("别名、曾用名", "Other names", ())
    role: Line = described("职责，例如 组长、联络员、组员", "Role, e.g. leader, liaison, member")
    batch: Line | None = described("批次（archive.yml 的 batches）", "Batch (of archive.yml)", None)
    joined: Date | None = described("加入日期", "Date of joining", None)
    left: Date | None = described("离开日期", "Date of leaving", None)
    unit: Line | None = described("所在单位", "The unit they come from", None)
    rank: Line | None = described("级别", "Rank", None)
    cohort: Line | None = described("年代，例如 1970s", "Generation, e.g. 1970s", None)
    gender: Line | None = described("性别", "Gender", None)
    bio: Markdown | None = described("简介", "A few words about them", None)
    portrait: Photo | None = described("肖像", "Portrait", None)
    name_visibility: Visibility | None = described("谁可以看到姓名", "Who may see the name", None)
    pseudonym: Line | None = described(
        "看不到姓名的人看到的化名；不写则是组员甲、组员乙……",
        "Pseudonym, for those who may not see the name; made up when absent",
        None,
    )
    sources: Lines = described("来源编号", "Ids of the sources", ())

    @property
    def photos(self) -> tuple[Photo, ...]:
        """The portrait, as every other record lists its photographs."""
        return () if self.portrait is None else (self.portrait,)

    def references(self) -> Iterator[References]:
        """Its batch and its sources."""
        yield refers_to("batch", self.batch, "batch")
        yield refers_to_each("source", self.sources, "sources")

    def findings(self) -> Iterator[Finding]:
        """MEM001 for a missing name; the portrait's gaps."""
        if self.name is None:
            yield Finding(MEM001, (), {"id": self.id})
        yield from photo_findings(self.photos, portrait=True)


CODES = (MEM001,)
