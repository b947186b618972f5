"""Writes what the engine does not: record pages, data, photographs, assets, search.

Enter: an edition, what the engine rendered, and the site's folder. Leave: files. Two outputs for
one address are a fault and stop the build.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path

from generator.kinds.archive_file import DAY_PAPER
from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.registry import sheets
from generator.pages.sheet import FIGURES
from generator.photos.cache import Cache
from generator.photos.plan import Picture
from generator.publish.colours import FILE as COLOURS
from generator.publish.colours import style_sheet
from generator.publish.printed import Before, DoubleAddressError, Print, Printed, files_below
from generator.publish.printing import print_sheets
from generator.publish.rendered import Rendered, WrittenPage
from generator.publish.renewal import keys
from generator.publish.search import FOLDER as SEARCH_FOLDER
from generator.publish.search import SearchEntry, volumes, write_index
from generator.publish.taken_over import Differing, Places, TakenOver
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
    kept: frozenset[str] = frozenset()
    """Addresses of files, and folders of the search index, taken over from the site before."""
    searched: bool = False
    """Whether the same secrets were looked for in that one."""


def write_site(
    edition: Edition,
    rendered: Rendered,
    cache: Cache,
    folder: Path,
    before: Before | None = None,
    jobs: int = 0,
) -> Site:
    """Everything beside the engine's own output; what has not changed is taken from `before`."""
    written: set[str] = {page.url for page in rendered.written}
    (folder / PHOTO_FOLDER).mkdir(parents=True)
    printed, made, kept = _print_or_take_over(edition, rendered, cache, folder, before, jobs)
    prints = [one for own in printed.prints.values() for one in own]
    for one in prints:
        _claim(written, one.url)
    copy_assets(folder)
    _write(folder / ASSETS / "mark.svg", mark(edition).encode("utf-8"))
    if own := style_sheet(edition.archive.file.colours):
        _write(folder / ASSETS / COLOURS, own.encode("utf-8"))
    found = [entry_of_written(page) for page in rendered.written]
    found += [one.search for one in prints if one.search is not None]
    index, kept_volumes = _write_index(found, folder, before, jobs)
    if edition.site_url:
        listed = written - {one.url for one in prints if not one.listed}
        _write(folder / "sitemap.xml", sitemap(edition.site_url, listed).encode("utf-8"))
    secrets = searched_for(edition)
    searched = before is not None and before.printed.keys.get(SEARCHED) == secrets
    keys = {**printed.keys, **dict.fromkeys(index, program_version()), SEARCHED: secrets}
    pages = sum(one.page for one in prints)
    whole = Printed(keys, {**printed.prints, **index})
    return Site(pages, made, whole, kept | kept_volumes, searched)


def _write_index(
    found: Iterable[SearchEntry], folder: Path, before: Before | None, jobs: int
) -> tuple[dict[str, Sequence[Print]], frozenset[str]]:
    """The volumes of the search index by their folder, and which of them were taken over.

    A volume is named after its entries: of the same program, the same name means the same files.
    """
    wanted = {f"{SEARCH_FOLDER}/{volume.name}": volume for volume in volumes(found)}
    kept, _ = TakenOver(before, dict.fromkeys(wanted, program_version()), folder).here()
    there = frozenset(wanted[name].name for name in kept)
    write_index([*wanted.values()], folder / SEARCH_FOLDER, there, jobs)
    index = {name: kept.get(name) or files_below(folder, name) for name in wanted}
    return index, frozenset(kept)


def _print_or_take_over(
    edition: Edition,
    rendered: Rendered,
    cache: Cache,
    folder: Path,
    before: Before | None,
    jobs: int,
) -> tuple[Printed, tuple[str, ...], frozenset[str]]:
    """Every sheet, as it was where nothing of its own has changed, and every photograph.

    And the addresses made anew, and those of files that are the ones of the site before: taken
    over, or made anew to the same bytes. Derivatives in which the same secrets were looked for are
    taken over, and nothing of them is read.
    """
    wanted = {sheet.name: sheet for sheet in sheets(edition)}
    new = keys(edition, wanted, rendered.frames, program_version())
    photographs = {f"{PHOTO_FOLDER}{one.key}": one for one in edition.pictures.values()}
    new |= dict.fromkeys(photographs, searched_for(edition))

    def make(
        names: Set[str], beside: Sequence[Callable[[], Differing]] = ()
    ) -> tuple[dict[str, Sequence[Print]], list[Differing]]:
        missing = [sheet for name, sheet in wanted.items() if name in names]
        if any(sheet.together == FIGURES for sheet in missing):
            edition.work_out()
        records, frames = len(edition.archive.records), rendered.frames
        done, others = print_sheets(missing, frames, folder, jobs, records, before, beside)
        return {sheet.name: own for sheet, own in zip(missing, done, strict=True)}, others

    # What others may be joined of is there first; all else comes while some are made.
    first = {name: key for name, key in new.items() if name in wanted and wanted[name].together}
    prints, kept = TakenOver(before, first, folder).here()
    others = {name: key for name, key in new.items() if name not in first}
    taking = TakenOver(before, others, folder, _places(photographs, cache))
    anew, done = make(wanted.keys() - prints.keys() - taking.likely.keys(), [*taking.parts()])
    there, kept_there = taking.result(done)
    prints |= there
    anew |= make(wanted.keys() - prints.keys() - anew.keys())[0]
    same = {one.url for name in kept | kept_there for one in prints[name]}
    same.update(_of_the_same_bytes(anew, before))
    prints |= anew
    made = tuple(one.url for own in anew.values() for one in own)
    in_order = {name: prints[name] for name in (*wanted, *sorted(photographs))}
    return Printed(new, in_order), made, frozenset(same)


def _places(pictures: Mapping[str, Picture], cache: Cache) -> Places:
    """Where the files of pictures, by a name of their own, lie in the cache."""

    def places(name: str) -> Iterable[tuple[str, str]]:
        files = pictures[name].names if name in pictures else ()
        return ((f"{PHOTO_FOLDER}{file}", cache.place(file)) for file in files)

    return places


def _of_the_same_bytes(anew: Mapping[str, Sequence[Print]], before: Before | None) -> Iterator[str]:
    """Addresses of files that were made anew to the bytes of the site before, and linked there."""
    for name, own in anew.items():
        known = before.marks(name) if before is not None else {}
        yield from (one.url for one in own if known.get(one.url) == one.marks)


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


def searched_for(edition: Edition) -> str:
    """What tells one search for withheld values from another: the values, and how it is done."""
    return sha256(f"{program_version()} {edition.secrets}".encode()).hexdigest()


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
