"""Tags that the pages of a folder share: looked at on one page, passed over on the others.

Enter: pages, byte by byte. Leave: what is new on a page, as one piece: the tags that no page in
order of the same folder had before, and after them the text of the page as it is read between tags.
Why nothing is missed: docs/contributing/audit.md. Pure.
"""

import re

_MOST = 3000  # tags of a folder that are remembered
_ALL_BUT_ANGLES = bytes({*range(256)}.difference(b"<>"))
_ALL_BUT_MARKS = bytes({*range(256)}.difference(b"<>\"'"))
_QUOTES_CLOSED = re.compile(rb"""(?:<(?:"'*+"|'"*+')*>)*""")
_OF_A_PAGE = re.compile(rb"""[#&%\\]|\s(?:id|name)=|\bstyle\b""", re.IGNORECASE)
"""Anchors, which every page has its own of, and what means something else beside other bytes."""


class KnownTags:
    """By folder, tags in which nothing is to be found on any page, without their brackets."""

    def __init__(self) -> None:
        self._folders: dict[str, set[bytes]] = {}

    def add(self, folder: str, new: bytes) -> None:
        """Take the new tags of a page in which nothing was found."""
        known = self._folders.setdefault(folder, set())
        if len(known) < _MOST:
            tags = new.rpartition(b">\xff")[0].removeprefix(b"<").split(b"><")
            known.update(tag for tag in tags if not _OF_A_PAGE.search(tag))

    def new_in(self, folder: str, page: bytes) -> bytes | None:
        """The new tags of a page, each once, `0xFF`, and all its text.

        `None` where a bracket or a quotation mark that is not closed makes a tag of more than it
        seems: such a page has to be looked at as it is.
        """
        if page.translate(None, _ALL_BUT_ANGLES) != b"<>" * page.count(b"<"):
            return None
        pieces = page.replace(b">", b"<").split(b"<")
        known = self._folders.get(folder, ())
        new = dict.fromkeys([tag for tag in pieces[1::2] if tag not in known])
        tags = b"<%s>" % b"><".join(new) if new else b""
        if not _QUOTES_CLOSED.fullmatch(tags.translate(None, _ALL_BUT_MARKS)):
            return None
        return b"%s\xff%s" % (tags, b"".join(pieces[::2]))
