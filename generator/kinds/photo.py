"""A photograph inside a record: its file, the six caption elements of DA/T 50-2014, and its handling."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from generator.kinds.consent import Consent
from generator.kinds.fields import (
    Date,
    Finding,
    Fraction,
    Identifier,
    Line,
    Lines,
    Location,
    Markdown,
    Part,
    Visibility,
    described,
)
from generator.problems.catalogue import FLD001, IMG003, IMG004, IMG006

_Start = Annotated[float, Field(ge=0, lt=1)]
_Size = Annotated[float, Field(gt=0, le=1)]
Box = tuple[_Start, _Start, _Size, _Size]


class Photo(Part):
    """One photograph, or the promise of one (`pending`)."""

    id: Identifier | None = described(
        "照片的编号，成为网址的一部分；不写则自动产生",
        "The photograph's id, part of its address; made up when absent",
        None,
    )
    file: Line | None = described(
        "photos/ 里的文件，例如 2020/03/04-meeting.jpg",
        "The file under photos/, e.g. 2020/03/04-meeting.jpg",
        None,
    )
    pending: bool = described("原片未入藏时写 true", "true when the original is not held", False)
    caption: Line = described(
        "图注：何时何地何人在做什么", "Caption: who does what, where and when"
    )
    alt: Line | None = described(
        "替代文字：给看不见的人听的一句话", "Alternative text for those who cannot see it", None
    )
    decorative: bool = described("只是装饰", "Purely decorative", False)
    credit: Line | None = described("摄影者", "Photographer", None)
    taken: Date | None = described("拍摄时间", "When it was taken", None)
    place: Line | None = described("拍摄地点", "Where it was taken", None)
    people: Lines = described(
        "画面中的人（成员编号或姓名）", "People in it (member ids or names)", ()
    )
    consent: Consent | None = described(
        "画面中人的同意；认得出队外的人就要有",
        "Consent of the people in it; needed where somebody outside the team can be recognised",
        None,
    )
    event: Line | None = described("事由", "The event", None)
    background: Markdown | None = described("背景", "Background", None)
    rights: Line | None = described("权利与许可", "Rights and licence", None)
    illustration: bool = described("是示意图而非照片", "A drawing, not a photograph", False)
    focus: tuple[Fraction, Fraction] | None = described(
        "画面重点的位置 [横, 纵]，0 到 1", "The point that matters [x, y], 0 to 1", None
    )
    redact: tuple[Box, ...] = described(
        "要遮住的方块 [左, 上, 宽, 高]，0 到 1",
        "Boxes to be covered [left, top, width, height], 0 to 1",
        (),
    )
    visibility: Visibility | None = described(
        "谁可以看；不写则随记录", "Who may see it; as the record when absent", None
    )
    withdrawn: Date | None = described("撤回的日期", "When it was withdrawn", None)


def photo_findings(photos: tuple[Photo, ...], *, portrait: bool = False) -> Iterator[Finding]:
    """The gaps of a record's photographs: no file, no original, no alternative text."""
    for number, photo in enumerate(photos):
        at = location_of(portrait, number)
        if photo.file is None and not photo.pending:
            words = {
                "field": "file",
                "meaning_zh": "文件名；没有原片就写 pending: true",
                "meaning_en": "the file name; write pending: true when there is no original",
            }
            yield Finding(FLD001, at, words)
        if photo.pending or photo.illustration:
            drawn = photo.illustration and not photo.pending
            words = {
                "title": photo.caption,
                "instead_zh": "，以示意图代替" if drawn else "",
                "instead_en": ", a drawing stands in" if drawn else "",
            }
            yield Finding(IMG003, (*at, "caption"), words)
        if photo.alt is None and not photo.decorative:
            yield Finding(IMG004, (*at, "caption"), {"title": photo.caption})
        missing = _missing_elements(photo)
        if missing and not photo.decorative:
            zh, en = ("、".join(one[0] for one in missing), ", ".join(one[1] for one in missing))
            words = {"title": photo.caption, "missing_zh": zh, "missing_en": en}
            yield Finding(IMG006, (*at, "caption"), words)


_ELEMENTS = {
    "event": ("事由", "event"),
    "taken": ("时间", "time"),
    "place": ("地点", "place"),
    "people": ("人物", "people"),
    "background": ("背景", "background"),
    "credit": ("摄影者", "photographer"),
}


def _missing_elements(photo: Photo) -> list[tuple[str, str]]:
    """The caption elements of DA/T 50-2014 that are not given, named in both languages."""
    return [words for field, words in _ELEMENTS.items() if not getattr(photo, field)]


def location_of(portrait: bool, number: int) -> Location:
    """Where the photograph of that number (0-based) stands in its record."""
    return ("portrait",) if portrait else ("photos", number)
