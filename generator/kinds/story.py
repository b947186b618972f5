"""A resident's story, with the consent that publishing it needs."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator

from generator.kinds.consent import Consent
from generator.kinds.fields import (
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
    refers_to_each,
)
from generator.kinds.photo import Photo, photo_findings
from generator.problems.problem import Bilingual, Code, Severity

PRI001 = Code(
    "PRI001",
    Severity.WARNING,
    Bilingual("没有同意，不发布", "Withheld for want of consent"),
    Bilingual(
        "“{title}” 的同意状态是 {status}，不会发布。", "“{title}” is withheld: consent is {status}."
    ),
    Bilingual("取得同意后改 consent。", "change `consent` once it has been given."),
    Bilingual(
        "讲述者没有同意的故事，以及会透露讲述者的内容，都不发布。",
        "A story without its teller's consent is not published, nor anything that names the teller.",
    ),
)


class Teller(Part):
    """Who tells the story, and how they may be shown."""

    name: Line | None = described("姓名或称呼", "Name or description", None)
    kind: Line | None = described("身份，例如 居民、家属", "e.g. resident, family", None)
    display: Literal["named", "pseudonym", "anonymous"] = described(
        "怎样署名：named 实名、pseudonym 化名、anonymous 匿名",
        "How to show them: named, pseudonym or anonymous",
        "anonymous",
    )


def _nobody_in_particular(value: object) -> object:
    """A teller of whom nothing is written is anonymous."""
    return {} if value is None else value


class Story(Record):
    """One story."""

    date: Date = described("日期", "Date (EDTF)")
    title: Line = described("标题", "Title")
    teller: Annotated[Teller, BeforeValidator(_nobody_in_particular)] = described(
        "讲述者", "Teller"
    )
    recorded_by: Identifiers = described("记录人（成员编号）", "Recorded by (member ids)", ())
    consent: Consent = described("同意", "Consent")
    text: Markdown = described("正文（可用 Markdown）", "The story (Markdown)")
    photos: tuple[Photo, ...] = described("照片", "Photographs", ())
    sources: Lines = described("来源编号", "Ids of the sources", ())

    @property
    def published(self) -> bool:
        """Whether consent allows publishing at all."""
        return self.consent.given

    def references(self) -> Iterator[References]:
        """Members who recorded it, and sources."""
        yield refers_to_each("member", self.recorded_by, "recorded_by")
        yield refers_to_each("source", self.sources, "sources")

    def findings(self) -> Iterator[Finding]:
        """PRI001 when consent keeps it back; an unknown day, photographs' gaps."""
        if not self.published:
            words = {"title": self.title, "status": self.consent.status}
            yield Finding(PRI001, ("consent",), words)
        yield from date_findings(self.date)
        yield from photo_findings(self.photos)


CODES = (PRI001,)
