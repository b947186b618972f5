"""Writes what the engine does not: record pages, data, photographs, assets, search.

Enter: an edition, what the engine rendered, and the site's folder. Leave: files. Two outputs for
one address are a fault and stop the build.
"""

import shutil
from collections.abc import Iterable
from html import escape
from pathlib import Path

from generator.kinds.archive_file import DAY_PAPER
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.page import Page
from generator.pages.registry import files, pages
from generator.photos.cache import Cache
from generator.publish.colours import FILE as COLOURS
from generator.publish.colours import style_sheet
from generator.publish.rendered import Rendered, WrittenPage
from generator.publish.search import FOLDER as SEARCH_FOLDER
from generator.publish.search import SearchEntry, write_index

ASSETS = "assets/chronicle"
_CINNABAR = "#b5342b"
_OWN_ASSETS = Path(__file__).parent.parent / "assets"


class DoubleAddressError(Exception):
    """Two outputs want the same address."""


def write_site(edition: Edition, rendered: Rendered, cache: Cache, folder: Path) -> int:
    """Everything beside the engine's own output; the number of record pages written."""
    written: set[str] = {page.url for page in rendered.written}
    unlisted: set[str] = set()
    found: list[SearchEntry] = [_entry_of_written(page) for page in rendered.written]
    count = 0
    for page in pages(edition):
        _claim(written, page.url)
        text = rendered.frames[page.folder].stamp(page)
        _write(folder / page.url, text.encode("utf-8"))
        if not page.listed:
            unlisted.add(page.url)
        if page.search is not None:
            found.append(_entry(page))
        count += 1
    for file in files(edition):
        _claim(written, file.url)
        _write(folder / file.url, file.content)
    copy_photographs(edition, cache, folder)
    copy_assets(folder)
    _write(folder / ASSETS / "mark.svg", mark(edition).encode("utf-8"))
    if own := style_sheet(edition.archive.file.colours):
        _write(folder / ASSETS / COLOURS, own.encode("utf-8"))
    write_index(found, folder / SEARCH_FOLDER)
    if edition.site_url:
        _write(
            folder / "sitemap.xml", sitemap(edition.site_url, written - unlisted).encode("utf-8")
        )
    return count


def copy_photographs(edition: Edition, cache: Cache, folder: Path) -> None:
    """The derivatives of every picture of the edition, and nothing else of the cache."""
    target = folder / PHOTO_FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted({name for one in edition.pictures.values() for name in one.names}):
        shutil.copyfile(cache.path(name), target / name)


def copy_assets(folder: Path) -> None:
    """Our own style sheets and scripts."""
    shutil.copytree(
        _OWN_ASSETS,
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


def _entry(page: Page) -> SearchEntry:
    assert page.search is not None
    found = page.search
    return SearchEntry(
        page.url, found.kind, found.title, found.date, found.text, found.thumbnail, found.aliases
    )


def _entry_of_written(page: WrittenPage) -> SearchEntry:
    return SearchEntry(page.url, "page", page.title, text=page.text)
