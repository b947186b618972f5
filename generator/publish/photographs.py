"""Brings the records' photographs and the photo pipeline together.

Enter: an archive, its documents, and the settings. Leave: developed pictures by photograph id, and
problems IMG001 and IMG002 at the records' own lines.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from pathlib import Path

from generator.archive.archive import Archive, Photograph, ref_of
from generator.kinds.member import Member
from generator.kinds.photo import Photo, location_of
from generator.photos.cache import Cache
from generator.photos.headers import EXTENSIONS, Finding, examine, original_path
from generator.photos.plan import Box, Picture, Recipe
from generator.photos.run import Request, develop_all
from generator.problems.catalogue import IMG001, IMG002
from generator.problems.problem import Place, Problem, problem
from generator.reading.documents import Document
from generator.reading.folders import files_below, shown_path

Progress = Callable[[int, int], None]

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
    "mislabelled": ("把扩展名改成 .{detail}。", "rename it to end in .{detail}."),
}
_OTHERWISE = ("换一份完好的 JPEG、PNG、WebP、TIFF 或 HEIC。",
              "use a sound JPEG, PNG, WebP, TIFF or HEIC file.")  # fmt: skip


def check_originals(
    archive: Archive, documents: Mapping[str, Document], root: Path
) -> tuple[Problem, ...]:
    """Every original named by a record, looked at without decoding; and those nobody names."""
    problems = []
    used = set()
    for one in archive.photographs:
        if one.photo.file is None:
            continue
        path = original_path(root, one.photo.file)
        finding = path if isinstance(path, Finding) else examine(path)
        if isinstance(path, Path):
            used.add(shown_path(path, Path(path.anchor)))
        if finding is not None:
            problems.append(_problem(one, finding, documents))
    return (*problems, *_unused(root, used))


def develop(
    archive: Archive,
    documents: Mapping[str, Document],
    root: Path,
    cache: Cache,
    executor: Executor | None,
    progress: Progress,
) -> tuple[dict[str, Picture], tuple[Problem, ...]]:
    """The pictures of all photographs held, by photograph id; IMG001 for each that fails."""
    requests = list(_requests(archive.photographs, root))
    results = develop_all(requests, cache, executor, progress)
    pictures: dict[str, Picture] = {}
    problems = []
    for one in archive.photographs:
        result = results.get(one.id)
        if isinstance(result, Picture):
            pictures[one.id] = result
        elif result is not None:
            problems.append(_problem(one, result, documents))
    return pictures, tuple(problems)


def recipe_of(photo: Photo) -> Recipe:
    """How a record wants its photograph made."""
    return Recipe(
        redactions=tuple(Box(*box) for box in photo.redact),
        focus=photo.focus,
        caption=photo.caption,
        credit=photo.credit or "",
        rights=photo.rights or "",
        alt=photo.alt or "",
    )


def _requests(photographs: Iterable[Photograph], root: Path) -> Iterator[Request]:
    for one in photographs:
        if one.photo.file is not None and not one.photo.pending:
            path = original_path(root, one.photo.file)
            if isinstance(path, Path):
                yield Request(one.id, path, recipe_of(one.photo))


def _unused(root: Path, used: set[str]) -> Iterator[Problem]:
    for path in files_below(root / "photos"):
        if path.suffix.lower() in EXTENSIONS:
            resolved = path.resolve()
            if shown_path(resolved, Path(resolved.anchor)) not in used:
                yield problem(IMG002, Place(shown_path(path, root)))


def _problem(one: Photograph, finding: Finding, documents: Mapping[str, Document]) -> Problem:
    """A finding at the line where the record names the file."""
    document = documents.get(one.owner.path)
    number = next(n for n, photo in enumerate(one.owner.photos) if photo == one.photo)
    location = (*location_of(isinstance(one.owner, Member), number), "file")
    place = document.place(location) if document else Place(str(ref_of(one.owner).id))
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
