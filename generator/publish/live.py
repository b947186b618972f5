"""A site whose pages are made when somebody asks for them: what a preview shows.

Enter: an edition, the frames and hand-written pages that an engine made of it, the cache of
photographs. Leave: the bytes under an address, the same that a build would write there. Nothing is
written.
"""

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from threading import RLock

from generator.pages.edition import PHOTO_FOLDER, Edition
from generator.pages.page import File, Joined, Page
from generator.pages.registry import sheets
from generator.pages.sheet import Sheet
from generator.photos.cache import Cache
from generator.publish.colours import FILE as COLOURS
from generator.publish.colours import style_sheet
from generator.publish.printing import search_entry
from generator.publish.rendered import Rendered
from generator.publish.search import FOLDER as SEARCH
from generator.publish.search import SearchEntry, index_files
from generator.publish.site import OWN_ASSETS, entry_of_written, mark
from generator.settings import ASSETS

Written = Callable[[str], bytes | None]
"""The file of that address which the engine made, if it made one."""


class LiveSite:
    """One edition of a site; may be asked by several threads."""

    def __init__(
        self, edition: Edition, rendered: Rendered, written: Written, cache: Cache
    ) -> None:
        self._edition = edition
        self._rendered = rendered
        self._written = written
        self._cache = cache
        self._sheets: dict[str, Sheet] = {}
        self._coming = sheets(edition)  # those that nobody has asked for yet, days first
        self.made: dict[str, bytes] = {}
        """Record pages and files by address, as far as somebody asked for them."""
        self._entries: dict[str, list[SearchEntry]] = {}
        self._lock = RLock()

    def content(self, url: str) -> bytes | None:
        """What lies under an address relative to the site's root; `None` for nothing."""
        with self._lock:
            if url.startswith(f"{SEARCH}/"):
                return self._index.get(url) or self.made.get(url)
            if url.startswith(PHOTO_FOLDER):
                return self._photograph(url.removeprefix(PHOTO_FOLDER))
            if url.startswith(f"{ASSETS}/"):
                return self._asset(url.removeprefix(f"{ASSETS}/"))
            likely = (url.rpartition(".")[0], url.partition("/")[0])
            return self._of(likely, url) or self._written(url) or self._of(self._whole(), url)

    def _of(self, names: Iterable[str], url: str) -> bytes | None:
        """A page or file of those sheets, which are made one by one until it is found."""
        for name in names:
            if url in self.made:
                break
            self._make(name)
        return self.made.get(url)

    def _whole(self) -> list[str]:
        """Sheets that hold whatever has no sheet of its own: the search page, feeds, data."""
        return [name for name in self._all if "/" not in name]

    @cached_property
    def _all(self) -> dict[str, Sheet]:
        """Every sheet by its name."""
        self._sheets.update((sheet.name, sheet) for sheet in self._coming)
        return self._sheets

    def _sheet(self, name: str) -> Sheet | None:
        while name not in self._sheets:
            sheet = next(self._coming, None)
            if sheet is None:
                return None
            self._sheets[sheet.name] = sheet
        return self._sheets[name]

    def _make(self, name: str) -> None:
        """What is on a sheet, once; nothing where there is no such sheet."""
        sheet = None if name in self._entries else self._sheet(name)
        if sheet is None:
            return
        self._entries[name] = []
        for made in sheet.make():
            self.made[made.url] = self._bytes(made)
            if isinstance(made, Page) and (entry := search_entry(made)):
                self._entries[name].append(entry)

    def _bytes(self, made: Page | File | Joined) -> bytes:
        if isinstance(made, Joined):
            return b"".join(made.pieces(lambda url: self.content(url) or b""))
        if isinstance(made, File):
            return made.content
        return self._rendered.frames[made.folder].printed(made)

    def _photograph(self, name: str) -> bytes | None:
        return self._cache.path(name).read_bytes() if name in self._photographs else None

    @cached_property
    def _photographs(self) -> frozenset[str]:
        return frozenset(name for one in self._edition.pictures.values() for name in one.names)

    def _asset(self, name: str) -> bytes | None:
        if name == "mark.svg":
            return mark(self._edition).encode("utf-8")
        if name == COLOURS:
            return style_sheet(self._edition.archive.file.colours).encode("utf-8")
        return file_below(OWN_ASSETS, name)

    @cached_property
    def _index(self) -> dict[str, bytes]:
        """The search index, for which every page has to be made once."""
        for name in self._all:
            self._make(name)
        found = [entry_of_written(page) for page in self._rendered.written]
        found += [entry for name in self._all for entry in self._entries[name]]
        return {f"{SEARCH}/{name}": content for name, content in index_files(found)}


def file_below(folder: Path, url: str) -> bytes | None:
    """The file of a folder under an address; nothing from beside the folder."""
    path = (folder / url).resolve()
    inside = path.is_relative_to(folder.resolve())
    return path.read_bytes() if inside and path.is_file() else None
