"""Checks the originals that records name, without decoding them.

Enter: an archive, its documents, and how large an original may be. Leave: problems IMG001, IMG002
and IMG007 at the records' own lines.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.archive.archive import Archive, Photograph, ref_of
from generator.kinds.member import Member
from generator.kinds.photo import location_of
from generator.photos.headers import (
    DEFAULT_LIMITS,
    EXTENSIONS,
    Finding,
    Limits,
    Originals,
    examine,
)
from generator.photos.inscription import Inscription, inscription
from generator.problems.catalogue import IMG001, IMG002
from generator.problems.problem import Bilingual, Code, Place, Problem, Severity, problem
from generator.reading.documents import Document
from generator.reading.folders import shown_path
from generator.reading.memory import Memory
from generator.reading.notes import Notes, look
from generator.reading.program import program_version
from generator.settings import Settings

IMG007 = Code(
    "IMG007",
    Severity.NOTE,
    Bilingual("原片自带说明", "The original carries words of its own"),
    Bilingual(
        "原片 “{file}” 自带{what_zh}：“{text}”。",
        "the original “{file}” carries {what_en}: “{text}”.",
    ),
    Bilingual(
        "核实后可以写进 {field}；不写，它就不会出现在网站上。",
        "once verified, write it into `{field}`; unless written it never appears on the site.",
    ),
    Bilingual(
        "摄影者常在照片文件里留下图注和署名。它们会随发布一起去掉，只有记录里写的才公开。",
        "Photographers often leave captions and names inside the file. Publishing removes them: only what a record says is shown.",
    ),
)
CODES = (IMG007,)


_REASONS = {
    "outside": ("不在 photos 文件夹里。", "lies outside the folder photos."),
    "missing": ("不存在。", "does not exist."),
    "empty": ("是空文件。", "is an empty file."),
    "lfs_pointer": ("只是 Git LFS 的占位文件。", "is only a Git LFS pointer."),
    "not_a_picture": ("不是图片（{detail}）。", "is not a picture ({detail})."),
    "mislabelled": (
        "扩展名和内容不符，其实是 {detail}。",
        "has the wrong extension; it is {detail}.",
    ),
    "too_large": ("太大（{detail}）。", "is too large ({detail})."),
    "unreadable": ("打不开（{detail}）。", "cannot be opened ({detail})."),
    "truncated": ("不完整，后半截丢了。", "is cut off."),
    "crashed": ("让解码程序崩溃了。", "crashes the decoder."),
    "timed_out": ("{detail} 秒还没解码完。", "is not decoded within {detail} seconds."),
}
_REMEDIES = {
    "outside": (
        "只写 photos 里面的路径，例如 2020/03/04-meeting.jpg。",
        "write a path inside photos, e.g. 2020/03/04-meeting.jpg.",
    ),
    "missing": (
        "核对文件名；没有原片就写 pending: true。",
        "check the name, or write pending: true when there is no original.",
    ),
    "lfs_pointer": ("先运行 git lfs pull。", "run git lfs pull first."),
    "too_large": (
        "缩小一些再放进来，或在 mkdocs.yml 里放宽 max_megapixels、max_megabytes。",
        "make it smaller, or raise max_megapixels or max_megabytes in mkdocs.yml.",
    ),
    "mislabelled": ("把扩展名改成 .{detail}。", "rename it to end in .{detail}."),
}
_OTHERWISE = ("换一份完好的 JPEG、PNG、WebP、TIFF 或 HEIC。",
              "use a sound JPEG, PNG, WebP, TIFF or HEIC file.")  # fmt: skip


def limits_of(settings: Settings) -> Limits:
    """How large an original may be, and how long decoding it may take."""
    return Limits(
        pixels=int(settings.max_megapixels * 1_000_000),
        length=int(settings.max_megabytes * 1_000_000),
        seconds=settings.max_seconds,
    )


def check_originals(
    archive: Archive,
    documents: Mapping[str, Document],
    root: Path,
    limits: Limits = DEFAULT_LIMITS,
    memory: Memory | None = None,
) -> tuple[Problem, ...]:
    """Every original named by a record, looked at without decoding; and those nobody names.

    Words that an original carries and its record lacks are offered as notes (IMG007). Sound
    originals that have not changed since are not opened again where there is a memory.
    """
    problems = []
    used = set()
    originals = Originals(root)
    notes = Notes(memory, "headers.json", f"{program_version()} {limits}")
    for one in archive.photographs:
        if one.photo.file is None:
            continue
        path = originals.path(one.photo.file)
        found = path if isinstance(path, Finding) else _looked_at(path, limits, notes)
        if isinstance(path, Path):
            used.add(str(path) if str(path) in originals.held else os.path.realpath(path))
        if isinstance(found, Finding):
            problems.append(original_problem(one, found, documents))
        elif found:
            problems += _offered(one, found, documents)
    notes.keep()
    return (*problems, *_unused(originals, used))


def _looked_at(path: Path, limits: Limits, notes: Notes) -> Finding | Inscription:
    """What keeps an original from being developed, or else what it says of itself."""
    now = look(path)
    known = notes.known(str(path), now)
    if known is not None:
        return Inscription(*known)
    finding = examine(path, limits)
    if finding is not None:
        return finding
    said = inscription(path)
    notes.note(str(path), now, [said.caption, said.credit, said.rights])
    return said


def _unused(originals: Originals, used: set[str]) -> Iterator[Problem]:
    for path in originals.held:
        if path not in used and Path(path).suffix.lower() in EXTENSIONS:
            yield problem(IMG002, Place(f"photos/{shown_path(path, originals.folder)}"))


_OFFERED = {
    "caption": ("图注", "a caption"),
    "credit": ("署名", "a credit"),
    "rights": ("权利说明", "a statement of rights"),
}


def _offered(
    one: Photograph, said: Inscription, documents: Mapping[str, Document]
) -> Iterator[Problem]:
    """A note for each text of the original that its record says nowhere."""
    photo = one.photo
    texts = (photo.caption, photo.alt, photo.event, photo.background, photo.credit, photo.rights)
    told = "\n".join(filter(None, texts))
    for field, (zh, en) in _OFFERED.items():
        text = getattr(said, field)
        answered = field != "caption" and getattr(photo, field)
        if text and text not in told and not answered:
            yield problem(
                IMG007,
                _place(one, documents),
                file=photo.file,
                what_zh=zh,
                what_en=en,
                text=text[:200],
                field=field,
            )


def _place(one: Photograph, documents: Mapping[str, Document]) -> Place:
    """The line where the record names the file."""
    document = documents.get(one.owner.path)
    number = next(n for n, photo in enumerate(one.owner.photos) if photo == one.photo)
    location = (*location_of(isinstance(one.owner, Member), number), "file")
    return document.place(location) if document else Place(str(ref_of(one.owner).id))


def original_problem(
    one: Photograph, finding: Finding, documents: Mapping[str, Document]
) -> Problem:
    """A finding at the line where the record names the file."""
    place = _place(one, documents)
    reason = _REASONS[finding.reason]
    remedy = _REMEDIES.get(finding.reason, _OTHERWISE)
    words = {
        "reason_zh": reason[0],
        "reason_en": reason[1],
        "remedy_zh": remedy[0],
        "remedy_en": remedy[1],
    }
    detail = finding.detail[:80] or "?"
    filled = {name: text.format(detail=detail) for name, text in words.items()}
    return problem(IMG001, place, file=one.photo.file, **filled)
