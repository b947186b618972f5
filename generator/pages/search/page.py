"""The page of search results, and what the search says."""

import json
from collections.abc import Iterator

from generator.pages.edition import Edition
from generator.pages.page import File, Page
from generator.pages.rendering import make_page
from generator.pages.words import translator, words

_TEXTS = "search_"
_FOUND_KINDS = ("day", "member", "donation", "story", "photo", "page")


def pages(edition: Edition) -> Iterator[Page | File]:
    """One page, empty until somebody searches; and the texts of the script that then fills it."""
    t = translator(edition.language, "search")
    yield make_page(edition, "search/search.html", "search.html", t("title"), t("description"))
    yield File("search/words.js", _words(words(edition.language)))


def _words(texts: dict[str, str]) -> bytes:
    """A script that hands `assets/search.js` its texts: every page has a search box."""
    said: dict[str, object] = {
        key.removeprefix(_TEXTS): text for key, text in texts.items() if key.startswith(_TEXTS)
    }
    said["kinds"] = {kind: texts[kind] for kind in _FOUND_KINDS}
    return f'chronicleSearch.part("words",{json.dumps(said, ensure_ascii=False)});\n'.encode()
