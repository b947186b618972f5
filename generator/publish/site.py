"""Writes what the engine does not: record pages, data, photographs, assets, search.

Enter: an edition, what the engine rendered, and the site's folder. Leave: files. Two outputs for
one address are a fault and stop the build.
"""

import shutil
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.kinds.archive_file import DAY_PAPER
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.photos.cache import Cache
from generator.publish.audit import Looked
from generator.publish.colours import FILE as COLOURS
from generator.publish.colours import style_sheet
from generator.publish.making import Made, Making, is_volume, searched_for
from generator.publish.printed import Before, DoubleAddressError, Print, Printed, files_below
from generator.publish.rendered import Rendered, WrittenPage
from generator.publish.search import FOLDER as SEARCH_FOLDER
from generator.publish.search import SearchEntry, begin_index, volumes
from generator.publish.taken_over import clear
from generator.reading.program import program_version
from generator.settings import ASSETS

_CINNABAR = "#b5342b"
OWN_ASSETS = Path(__file__).parent.parent / "assets"
"""Our own style sheets and scripts, as they come with the program."""


SEARCHED = "@secrets"
"""The key of what the audit looked for; no sheet has such a name."""


@dataclass(frozen=True, slots=True)
class Site:
    """What was written: number of record pages, addresses made anew, and what to remember."""

    pages: int
    made: tuple[str, ...]
    printed: Printed


class Writing:
    """The work: begun when this is made, done when it is finished.

    Meanwhile a copy of this process may be writing the search index.
    """

    def __init__(
        self,
        edition: Edition,
        render: Callable[[], Rendered],
        cache: Cache,
        folder: Path,
        before: Before | None = None,
        jobs: int = 0,
        drawn: Callable[[], None] = lambda: None,
    ) -> None:
        """Everything beside the engine's own output; what has not changed is of `before`.

        `render` waits for what the engine gives back; it is asked as late as can be. `drawn` is
        called as soon as all charts are drawn that are drawn aside.
        """
        self._folder, self._before = folder, before
        self._secrets = searched_for(edition)
        with Making(edition, render, cache, folder, before, jobs, drawn) as making:
            rendered = render()
            found = [entry_of_written(page) for page in rendered.written]
            found += (one.search for own in making.pages.values() for one in own if one.search)
            self._volumes = {f"{SEARCH_FOLDER}/{one.name}": one for one in volumes(found)}
            self._kept = _kept_volumes(self._volumes, folder, before)
            there = {self._volumes[name].name for name in self._kept}
            wanted = [*self._volumes.values()]
            self._index = begin_index(wanted, folder / SEARCH_FOLDER, there, jobs)
            with self:
                self._made = making.finish()
                listed, self._pages = _addresses(rendered, self._made)
                _write_others(edition, listed, folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._index.stop()

    def looked_at(self, rendered: Set[str]) -> Looked | None:
        """What an audit need not look at again: files, and folders of the search index, that are
        those of the site before; `rendered` are such files of the engine's."""
        if self._before is None:
            return None
        searched = self._before.printed.keys.get(SEARCHED) == self._secrets
        return Looked(self._before.folder, self._made.kept | self._kept.keys() | rendered, searched)

    def index_written(self) -> None:
        """Wait for the search index, and write of it what no copy has begun with."""
        self._index.results()

    def finish(self) -> Site:
        """What was written, when all of it is."""
        made, kept = self._made, self._kept
        index = {name: kept.get(name) or files_below(self._folder, name) for name in self._volumes}
        keys = {**made.keys, **dict.fromkeys(index, program_version()), SEARCHED: self._secrets}
        printed = Printed(keys, {**made.prints, **index}, named=made.named)
        return Site(self._pages, made.anew, printed)


def write_site(
    edition: Edition,
    rendered: Rendered,
    cache: Cache,
    folder: Path,
    before: Before | None = None,
    jobs: int = 0,
) -> Site:
    """All of it in one go, where there is nothing to be waited for."""
    with Writing(edition, lambda: rendered, cache, folder, before, jobs) as begun:
        begun.index_written()
        return begun.finish()


def _addresses(rendered: Rendered, made: Made) -> tuple[set[str], int]:
    """What a sitemap may list, and how many record pages there are; no address is there twice.

    Those of pictures say what is in them.
    """
    written: set[str] = {page.url for page in rendered.written}
    listed, pages = set(written), 0
    for name, own in made.prints.items():
        for one in own if not name.startswith(PHOTO_FOLDER) else ():
            _claim(written, one.url)
            pages += one.page
            if one.listed:
                listed.add(one.url)
    return listed, pages


def _kept_volumes(
    wanted: Iterable[str], folder: Path, before: Before | None
) -> dict[str, Sequence[Print]]:
    """The volumes of the search index that are taken over; those that nobody wants are gone.

    A volume is named after its entries: of the same program, the same name means the same files.
    """
    if before is None:
        return {}
    there = before.all_kept(dict.fromkeys(wanted, program_version()))
    clear(before, folder, filter(is_volume, before.there.keys() - there.keys()))
    return there


def _write_others(edition: Edition, listed: Iterable[str], folder: Path) -> None:
    """What belongs to no page: style sheets, scripts, the mark; the sitemap of what is listed."""
    copy_assets(folder)
    _write(folder / ASSETS / "mark.svg", mark(edition).encode("utf-8"))
    if own := style_sheet(edition.archive.file.colours):
        _write(folder / ASSETS / COLOURS, own.encode("utf-8"))
    if edition.site_url:
        _write(folder / "sitemap.xml", sitemap(edition.site_url, listed).encode("utf-8"))


def copy_assets(folder: Path) -> None:
    """Our own style sheets and scripts."""
    shutil.copytree(
        OWN_ASSETS,
        folder / ASSETS,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("__pycache__", "*.py"),
    )


def mark(edition: Edition) -> str:
    """The archive's mark as a small picture for browser tabs: one character on the accent."""
    file = edition.archive.file
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" rx="10" fill="{file.colours.accent or _CINNABAR}"/>'
        f'<text x="32" y="46" font-size="40" text-anchor="middle" fill="{DAY_PAPER}"'
        f' font-family="serif">{escape(file.mark or file.title[:1])}</text></svg>\n'
    )


def sitemap(site_url: str, urls: Iterable[str]) -> str:
    """The addresses of all pages after the sitemap protocol 0.9, sorted, without dates."""
    root = site_url.rstrip("/")
    lines = [
        f"<url><loc>{escape(f'{root}/{url}')}</loc></url>"
        for url in sorted(urls)
        if url.endswith(".html") and url != "404.html"
    ]
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *lines,
            "</urlset>",
            "",
        )
    )


def _claim(written: set[str], url: str) -> None:
    if url in written:
        raise DoubleAddressError(url)
    written.add(url)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def entry_of_written(page: WrittenPage) -> SearchEntry:
    """What the search knows of a hand-written page."""
    return SearchEntry(page.url, "page", page.title, text=page.text)
