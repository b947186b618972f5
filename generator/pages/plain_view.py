"""Addresses of the plain edition: one Markdown file for each record, linked as files are."""

import re

from generator.archive.archive import Photograph
from generator.archive.statistic import Statistic
from generator.kinds.fields import Ref
from generator.pages.edition import PHOTO_FOLDER
from generator.pages.view import View

FOLDERS = {
    "day": "days",
    "activity": "activities",
    "member": "members",
    "donation": "donations",
    "story": "stories",
    "photo": "photos",
    "source": "sources",
}
STATISTICS = "statistics.md"
INDEX = "README.md"

_MEANING = re.compile(r"([\\`*_\[\]>#{}!])")
# Not every Markdown lets these be escaped with a backslash.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", "|": "&#124;", "~": "&#126;"})
_LINE_START = re.compile(r"^(\d*)([-+.)])(?=\s)")
_ELEMENT = re.compile(r"<(?!https?://|mailto:)")
_LINK = re.compile(
    r"(\]\(\s*<?|^\s*\[[^\]]+\]:\s*<?)(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", re.I | re.M
)


class PlainView(View):
    """A page's view whose addresses lead to Markdown files."""

    def url(self, ref: Ref) -> str:
        """The file of a record, day, photograph or source, relative to the page."""
        return f"{self.base}{FOLDERS[ref.kind]}/{ref.id}.md"

    def figure_url(self, figure: Statistic) -> str:
        """The table of all figures."""
        return f"{self.base}{STATISTICS}#{figure.anchor}"

    def figure_link(self, figure: Statistic) -> str:
        """A Markdown link to a figure, by its quantity."""
        return f"[{plain(self.figure(figure))}]({self.figure_url(figure)})"

    def link(self, ref: Ref, text: str = "") -> str:
        """A Markdown link to a record."""
        return f"[{plain(text or self.title(ref))}]({self.url(ref)})"

    def image(self, one: Photograph) -> str:
        """A photograph with its caption, or only its caption where the original is not held."""
        caption = self.link(Ref("photo", one.id), one.photo.caption)
        picture = self.picture(one)
        if picture is None:
            return f"{self.t('original_wanted')}{self.t('colon')}{caption}"
        address = f"{self.base}{PHOTO_FOLDER}{picture.largest.name}"
        note = f"{self.t('illustration')}{self.t('colon')}" if one.photo.illustration else ""
        return f"![{plain(self.alt(one))}]({address})\n\n{note}{caption}"


def plain(text: str) -> str:
    """Text in which no sign means anything to Markdown, in one line."""
    escaped = _MEANING.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(r"\1\\\2", escaped.translate(_ENTITIES))


def safe_markdown(text: str) -> str:
    """A record's own Markdown, without HTML and without addresses that run a script."""
    return _ELEMENT.sub("&lt;", _LINK.sub(r"\1#", text)).strip()
