"""What a page kind hands to publishing: addresses, titles and finished HTML, as values."""

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


def base_of(url: str) -> str:
    """What leads from a page back to the site's root: `` or `../` once per folder."""
    return "../" * url.count("/")
