"""What a page kind hands to publishing: addresses, titles and finished HTML, as values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchText:
    """What the search should know of a page; `date` in words, `thumbnail` relative to the site."""

    kind: str
    title: str
    text: str
    date: str = ""
    thumbnail: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site, complete but for the frame around it.

    `url` is relative to the site's root, with forward slashes; `title` and `description` are plain
    text (whoever writes them into HTML escapes them); `head` and `body` are HTML.
    """

    url: str
    title: str
    description: str
    head: str
    body: str
    search: SearchText | None = None
    listed: bool = True
    """Whether the sitemap names it."""

    @property
    def folder(self) -> str:
        """The folder it lies in: all pages of a folder share one frame."""
        return self.url.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class File:
    """One file of the site that is not a page."""

    url: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Joined:
    """A file that holds, one after the other, all that some others of the site hold.

    Each of those begins with `head` and ends with `tail`, and so does it; what does not, or has
    nothing between them, is passed over. `between` parts them.
    """

    url: str
    parts: tuple[str, ...]
    head: bytes
    between: bytes = b""
    tail: bytes = b""

    def pieces(self, read: Callable[[str], bytes]) -> Iterator[bytes]:
        """The whole, piece by piece; `read` gives the bytes of a part."""
        yield self.head
        before = b""
        for part in self.parts:
            held = self._inside(read(part))
            if held:
                yield before
                yield held
                before = self.between
        yield self.tail

    def _inside(self, part: bytes) -> bytes:
        whole = part.startswith(self.head) and part.endswith(self.tail)
        return part[len(self.head) : len(part) - len(self.tail)] if whole else b""


def base_of(url: str) -> str:
    """What leads from a page back to the site's root: `` or `../` once per folder."""
    return "../" * url.count("/")
