"""What an engine is: the program that turns hand-written Markdown, and shells, into pages.

**Given** to an engine are the archive's mkdocs.yml (site name and description, address, navigation,
language, Markdown extensions, folder of hand-written pages, what is excluded from it), an edition,
and an empty folder. It renders

- every hand-written page, after `expand` has replaced its expressions,
- every shell of `SHELLS`, an empty page whose front matter holds `chronicle: {marks}`,
- 404.html,

with the templates in `THEME` (the common part of Jinja2 and MiniJinja), which read the words of the
frame from `config.extra.chronicle` and the slots of a shell from `page.meta.chronicle`.

**Returned** is `Rendered`: a frame for each folder of record pages, and each hand-written page with
the text that the search is to know. In the folder then lie the hand-written pages, 404.html, the
other files of their folder, and the one style sheet for their typography; nothing else.

What an engine comes to know of an edition goes through `expanded` and `told`: where that is the
same, what it rendered before is taken over (`rendering.py`). It never reads a record, and nothing
outside its own module knows which one runs: a name of mkdocs.yml leads to it through `engines.py`.
Whatever keeps it from its work is an `EngineError`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from generator.pages.edition import Edition
from generator.pages.head import head_of
from generator.pages.linked import whole_archive
from generator.pages.narrative.expand import expand
from generator.pages.page import Page
from generator.pages.words import words
from generator.problems.reporters import as_text
from generator.publish.colours import style_sheet
from generator.publish.frames import SHELLS, Frame, cut, fill
from generator.publish.policy import POLICY
from generator.publish.rendered import Rendered, WrittenPage

Engine = Callable[[Path, Edition, Path], Rendered]
"""mkdocs.yml, the edition and the folder go in; raises EngineError."""

THEME = Path(__file__).parent / "theme"
HOME = "index.html"
FRAME = "chronicle"
"""What our own keys in `config.extra` and `page.meta` are called."""
TYPOGRAPHY = re.compile(r"assets/stylesheets/(?:classic/)?main\.[0-9a-f]+\.min\.css")
"""The theme's style sheet for hand-written pages: all that is used of the theme's own files."""

_NAMED = re.compile("@@chronicle-named@@(.*?)@@chronicle-as@@(.*?)@@chronicle-end@@\n?", re.DOTALL)
_ARTICLE = re.compile('<article class="written[^>]*>(.*)</article>', re.DOTALL)
_HOMES = ("index.md", "README.md")


class EngineError(Exception):
    """The engine is missing, misconfigured, or refused its work; the message says which."""


class Gathering:
    """Takes rendered pages one by one and becomes `Rendered`."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._frames: dict[str, Frame] = {}
        self._written: list[WrittenPage] = []

    def take(self, url: str, html: str) -> str:
        """What is to be written under the address; nothing for a shell, which becomes a frame.

        `url` is fit for a link (percent-encoded). Raises FrameError for a shell that lost a mark.
        """
        folder = shell_folder(url)
        if folder is not None:
            self._frames[folder] = cut(html)
            return ""
        named = _NAMED.search(html)
        if named is None:
            return html
        title, description = unescape(named[1]), unescape(named[2])
        article = _ARTICLE.search(html)
        text = _plain(article[1]) if article else ""
        self._written.append(WrittenPage(url, title, text))
        head = _head(self._edition, url, title, description)
        page = Page(url, title, description, head, body="")
        return fill(html[: named.start()], page) + html[named.end() :]

    @property
    def rendered(self) -> Rendered:
        """Everything taken so far, hand-written pages in the order of their addresses."""
        return Rendered(self._frames, tuple(sorted(self._written, key=lambda page: page.url)))


def shell_folder(url: str) -> str | None:
    """The folder whose shell lies at the address."""
    return next((one for one, shell in SHELLS.items() if f"{shell}.html" == url), None)


def expanded(markdown: str, path: str, url: str, edition: Edition) -> str:
    """The Markdown of a hand-written page with what the records say; EngineError for EXP001."""
    page = expand(markdown, path, url, edition)
    if page.problems:
        raise EngineError(as_text(page.problems, edition.language))
    return page.text


def default_nav(edition: Edition, names: Iterable[str]) -> list[str | dict[str, str]]:
    """The navigation of an archive whose mkdocs.yml gives none.

    The home page, the sections of records, then `names`, the other pages of the top folder.
    """
    texts = words(edition.language)
    top = sorted(name for name in names if "/" not in name)
    home = [name for name in top if name in _HOMES]
    sections = [
        {texts[f"nav_{folder}"]: f"{shell}.md"}
        for folder, shell in SHELLS.items()
        if shell == f"{folder}/index"
    ]
    return [*home, *sections, *(name for name in top if name not in _HOMES)]


def frame_words(
    edition: Edition, typography: str, configuration: Mapping[str, Any]
) -> dict[str, str | bool]:
    """What templates read as `config.extra.chronicle`: texts, ready to stand in HTML.

    `typography` is the address of the theme's style sheet from the site's root, or nothing. Texts
    of mkdocs.yml are escaped here: engines do not agree on how a quotation mark is written.
    """
    texts = words(edition.language)
    file = edition.archive.file
    return {
        **texts,
        "language": edition.language,
        "site_name": escape(str(configuration.get("site_name") or file.title)),
        "footer": str(configuration.get("copyright") or "")
        or escape(str(configuration.get("site_description") or "")),
        "mark": escape(file.mark or file.title[:1]),
        "fiction": texts["fiction"] if file.fiction else "",
        "typography": typography,
        "policy": POLICY,
        "has_colours": bool(style_sheet(file.colours)),
        "has_feeds": bool(edition.site_url and edition.archive.dated),
    }


def told(edition: Edition) -> tuple[str, ...]:
    """All that engines learn of an edition, but for what the expressions of a page ask of it."""
    heads = (_head(edition, url, "", "") for url in (HOME, ""))
    return (repr(frame_words(edition, "", {})), *heads)


def _head(edition: Edition, url: str, title: str, description: str) -> str:
    """Link previews and linked data of a hand-written page."""
    hero = edition.archive.file.hero
    picture = edition.archive.photograph.get(hero) if hero else None
    linked = whole_archive(edition) if url == HOME else {}
    return str(head_of(edition, url, title, description, picture, linked))


class _Text(HTMLParser):
    """Gathers the words between tags, without those that tell one link from another unseen."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen = ("class", "unseen") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._unseen = False

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def _plain(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return " ".join("".join(reader.parts).split())
