"""A finished site as its files are: their names and bytes, and where an address on a page leads.

Enter: a folder and the names of all files in it. Leave: answers. Reads files; writes nothing.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.publish.known_tags import KnownTags
from generator.publish.of_years import consists_of, years_of_files

_IDS = re.compile(rb'="(?:(?<=\sid=")|(?<=\sname="))([^"]*)"')
_CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]*)"')
_HOME = "index.html"
_OUTSIDE = "../"


class Lead(NamedTuple):
    """A link's page (`""`: the one that it is on), its anchor there, and its address as written."""

    target: str
    anchor: str
    url: str


def has_id(ids: bytes, anchor: str) -> bool:
    """Whether an anchor is among the ids of a page, which may be written with escapes."""
    if b'"%s"' % anchor.encode("utf-8") in b'"%s"' % ids:
        return True
    return b"&" in ids and anchor in map(unescape, ids.decode("utf-8", "replace").split('"'))


def ids_on(content: bytes) -> bytes:
    """Every id on a page, parted by quotation marks."""
    return b'"'.join(_IDS.findall(content))


@dataclass(frozen=True, slots=True)
class Page:
    """A file that leads to others: its name, its folder's, and the anchors it leads to."""

    name: str
    folder: str
    leads: list[Lead] = field(default_factory=list)


class FinishedSite:
    """The names of a site's files, and what was found to be in order."""

    def __init__(self, folder: Path, known: frozenset[str]) -> None:
        self.folder = folder
        self.known = known
        self.root = self._root()
        self.tags = KnownTags()
        self._years = years_of_files(known)
        self.leads: dict[str, dict[tuple[bytes, bytes], Lead]] = {}
        """By folder, elements that lead to anchors and are in order if those are there."""

    def content(self, name: str) -> bytes:
        """The bytes of a file of the site."""
        with open(f"{self.folder}/{name}", "rb", buffering=0) as stream:  # noqa: PTH123
            return stream.read()

    def says_what_years_say(self, name: str, content: bytes) -> bool:
        """Whether all lines of a file stand in those of its years, which are searched too."""
        return name in self._years and consists_of(content, map(self.content, self._years[name]))

    def ids(self, name: str) -> set[bytes]:
        """Every id on a page, as written."""
        return {*_IDS.findall(self.content(name))}

    def _root(self) -> str:
        """The path under which the site is published, as its home page says; else `/`."""
        home = _CANONICAL.search(self.content(_HOME)) if _HOME in self.known else None
        if home is None:
            return "/"
        return urlsplit(unescape(home[1].decode("utf-8", "replace"))).path.removesuffix(_HOME)

    def leads_nowhere(self, page: Page, url: str, path: str, anchor: str) -> bool:
        """Whether an address on a page, with that path and anchor, names no file.

        Whether there is the anchor is seen when the page that it names has been read.
        """
        target = self._target(page.folder, path) if path else page.name
        if target not in self.known:
            return True
        if anchor and target.endswith(".html"):
            page.leads.append(Lead(target if path else "", anchor, url))
        return False

    def _target(self, folder: str, path: str) -> str:
        """A path from a folder, as the name of a file of the site; outside it, no name."""
        if path.startswith("/"):
            if not path.startswith(self.root):
                return _OUTSIDE
            path, parts = path.removeprefix(self.root), []
        else:
            parts = folder.split("/") if folder else []
        for part in path.split("/"):
            if part == "..":
                if not parts:
                    return _OUTSIDE
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        return "/".join(parts)
