"""Writes the whole archive as plain Markdown and pictures, for any generator and for none.

Enter: an edition, the archive's hand-written pages, the cache of photographs, an empty folder.
Leave: Markdown files whose links and pictures are files of the same folder. Needs no engine.
"""

import re
import shutil
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.narrative.expand import expand
from generator.pages.narrative.plain import PlainExpressions
from generator.pages.page import File, base_of
from generator.pages.plain.documents import documents, front_matter, view_at
from generator.pages.plain_view import INDEX, STATISTICS, PlainView, plain
from generator.pages.words import translator
from generator.photos.cache import Cache
from generator.publish.hand_written import PAGE, published_files

_DESTINATION = re.compile(r"(\]\(\s*<?)([^)\s<>\"']+)")
_HEADING = re.compile(r"^#\s+(.+?)\s*#*\s*$|^title:\s*(.+?)\s*$", re.MULTILINE)
_NO_FILE = {
    "timeline": f"days/{INDEX}",
    "members": f"members/{INDEX}",
    "donations": f"donations/{INDEX}",
    "stories": f"stories/{INDEX}",
    "gallery": f"photos/{INDEX}",
    "statistics": STATISTICS,
    "data": INDEX,
    "contribute": INDEX,
    "search": INDEX,
}
"""Pages that only a site has, by their folder, and the file that stands for each."""


class NameTakenError(Exception):
    """A hand-written page has the name of a record's file."""


def export(edition: Edition, docs: Path, excluded: str, cache: Cache, folder: Path) -> int:
    """Write everything; the number of Markdown files."""
    names = published_files(docs, excluded)
    files = {file.url: file.content for file in documents(edition)}
    known = {*files, *names, INDEX}
    titles: dict[str, str] = {}
    for name in names:
        if name in files or name == INDEX:
            raise NameTakenError(name)
        content = (docs / name).read_bytes()
        if name.endswith(PAGE):
            text = _expanded(content.decode("utf-8-sig"), f"{docs.name}/{name}", name, edition)
            titles[name] = _title(text, name)
            content = _relinked(text, name, known).encode("utf-8")
        files[name] = content
    contents = _contents(edition, titles, {*files})
    files[contents.url] = contents.content
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    _copy_pictures(edition, cache, folder)
    return sum(name.endswith(PAGE) for name in files)


def _copy_pictures(edition: Edition, cache: Cache, folder: Path) -> None:
    """The largest derivative of every picture."""
    target = folder / PHOTO_FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted({one.largest.name for one in edition.pictures.values()}):
        shutil.copyfile(cache.path(name), target / name)


def _expanded(text: str, path: str, url: str, edition: Edition) -> str:
    view = PlainView(edition, base_of(url), translator(edition.language, "narrative"))
    return expand(text, path, url, edition, PlainExpressions(view)).text


def _relinked(text: str, name: str, known: set[str]) -> str:
    """Links to pages that only a site has lead to the file that stands for them."""
    here = PurePosixPath(name).parent.as_posix()

    def better(found: re.Match[str]) -> str:
        path, mark, anchor = found[2].partition("#")
        target = normpath(f"{here}/{path}")
        if not path or ":" in path or target in known:
            return found[0]
        other = target.removesuffix(".html") + PAGE if target.endswith(".html") else ""
        if other not in known:
            other = _NO_FILE.get(PurePosixPath(target).with_suffix("").parts[0], "")
            mark = anchor = ""
        return f"{found[1]}{relpath(other, here)}{mark}{anchor}" if other else found[0]

    return _DESTINATION.sub(better, text)


def _title(text: str, name: str) -> str:
    found = _HEADING.search(text)
    return (found[1] or found[2]).strip("\"'") if found else PurePosixPath(name).stem


def _contents(edition: Edition, titles: dict[str, str], names: set[str]) -> File:
    """The file that a forge shows first."""
    view = view_at(edition, INDEX)
    file = edition.archive.file
    written = [f"- [{plain(title)}](<{name}>)" for name, title in sorted(titles.items())]
    lists = sorted(name for name in names if name.endswith(f"/{INDEX}") and name not in titles)
    kinds = {"activities": "activity", "stories": "story"}
    rows = [
        f"- [{view.t('list_' + kinds.get(folder, folder.removesuffix('s')))}]({folder}/{INDEX})"
        for folder in (name.removesuffix(f"/{INDEX}") for name in lists)
    ]
    rows.append(f"- [{view.t('statistics')}]({STATISTICS})")
    blocks = (
        f"# {plain(file.title)}",
        plain(file.subtitle or ""),
        f"{plain(file.organisation)} · {plain(view.date(file.period))}",
        f"## {view.t('written')}",
        "\n".join(written),
        f"## {view.t('record')}",
        "\n".join(rows),
        plain(file.licence or ""),
    )
    text = front_matter({"title": file.title}) + "\n\n".join(filter(None, blocks)) + "\n"
    return File(INDEX, text.encode())
