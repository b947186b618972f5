"""Shells: pages that the site's engine renders once, to be cut into frames for thousands of pages.

Enter: the rendered HTML of a shell, which holds a mark for each slot. Leave: a `Frame` that any
page of the same folder can be stamped from. A stamped page has the very bytes that the engine would
have given it (a test holds that). Pure.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from html import escape

from generator.pages.page import Page

SLOTS = ("title", "description", "head", "body")
_MARK = re.compile("@@chronicle-(" + "|".join(SLOTS) + ")@@")

SHELLS = {
    "timeline": "timeline/index",
    "days": "days/frame",
    "members": "members/index",
    "donations": "donations/index",
    "stories": "stories/index",
    "gallery": "gallery/index",
    "photos": "photos/frame",
    "statistics": "statistics/index",
    "data": "data/index",
    "contribute": "contribute/index",
    "": "search",
}
"""The page that serves as shell for each folder, without its ending."""


class FrameError(Exception):
    """A shell that lost its marks: a fault of the theme, not of any record."""


@dataclass(frozen=True)
class Frame:
    """A shell cut at its marks: text and names of slots in turn, beginning and ending with text."""

    parts: tuple[str, ...]

    def stamp(self, page: Page) -> str:
        """The complete HTML of a page."""
        slots = slots_of(page)
        return "".join(
            slots[part] if number % 2 else part for number, part in enumerate(self.parts)
        )

    def printed(self, page: Page) -> bytes:
        """The complete HTML of a page in UTF-8."""
        slots = {slot: text.encode("utf-8") for slot, text in slots_of(page).items()}
        return b"".join(
            slots[part] if number % 2 else own for number, (part, own) in enumerate(self._encoded)
        )

    @cached_property
    def _encoded(self) -> tuple[tuple[str, bytes], ...]:
        """The parts as they are and in UTF-8, which thousands of pages share."""
        return tuple((part, part.encode("utf-8")) for part in self.parts)


def marks() -> dict[str, str]:
    """What a shell shows in each slot."""
    return {slot: f"@@chronicle-{slot}@@" for slot in SLOTS}


def slots_of(page: Page) -> dict[str, str]:
    """What a page shows in each slot, ready to stand in HTML."""
    return {
        "title": escape(page.title),
        "description": escape(page.description),
        "head": page.head,
        "body": page.body,
    }


def fill(html: str, page: Page) -> str:
    """A piece of rendered HTML with every mark replaced by what a page shows there."""
    slots = slots_of(page)
    return _MARK.sub(lambda mark: slots[mark[1]], html)


def cut(html: str) -> Frame:
    """The frame in a rendered shell.

    Raises FrameError when a slot's mark is missing.
    """
    parts = tuple(_MARK.split(html))
    missing = set(SLOTS) - set(parts[1::2])
    if missing:
        raise FrameError(f"the theme dropped the marks of: {', '.join(sorted(missing))}")
    return Frame(parts)
