"""What is told of a drawing and not seen in it: put aside before it is drawn, put in afterwards.

Enter: a specification. Leave: the same without its title, its description, and the addresses and
names of its links, which stand in a `Told`; later an SVG in which they stand again. So a drawing is
that of another specification too that tells something else: a mended title draws no chart anew.
"""

import re
from html import escape
from typing import Any, NamedTuple

from generator.charts.chart import Spec

NOWHERE = "https://chronicle.invalid/"
"""Begins the addresses of links that are put aside; relative ones would be resolved (RFC 2606)."""

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2
_LINK = re.compile(r'<a href="(\d+)">(.*?)<title />', re.DOTALL)
_IN_ATTRIBUTES = str.maketrans({'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"})


class Told(NamedTuple):
    """The title and the description of a drawing, and by number the address and name of a link."""

    title: str
    description: str
    links: tuple[tuple[str, str], ...]

    def put_into(self, svg: str) -> str:
        """The drawing with all of it; `svg` has empty elements, and numbers for addresses."""

        def link(match: re.Match[str]) -> str:
            address, name = self.links[int(match[1])]
            label = f'aria-label="{_in_attribute(name)}"'
            return f'<a href="{_in_attribute(address)}" {label}>{match[2]}{_title(name)}'

        head, drawn = svg.split(" /><desc ", 1)
        of_desc, drawn = drawn.split(" />", 1)
        title = f"{head}>{_in_text(self.title)}</title>"
        desc = f"<desc {of_desc}>{_in_text(self.description)}</desc>"
        return f"{title}{desc}{_LINK.sub(link, drawn)}"


def put_aside(spec: Spec) -> tuple[Spec, Told]:
    """A specification that only says what is seen, and what it told beside that."""
    links: list[tuple[str, str]] = []
    seen = {key: one for key, one in spec.items() if key not in ("description", "usermeta")}
    told = spec["usermeta"]["title"], spec["description"]
    return _without_links(seen, links), Told(*told, tuple(links))


def _title(name: str) -> str:
    text = _in_text(name)
    return f"<title>{text}</title>" if text else "<title />"


def _in_text(text: str) -> str:
    """A text as it stands between tags; what XML cannot hold is left out."""
    return escape(NOT_XML.sub("", text), quote=False)


def _in_attribute(text: str) -> str:
    return _in_text(text).translate(_IN_ATTRIBUTES)


def _without_links(value: Any, links: list[tuple[str, str]]) -> Any:
    """The value with an address that carries a number in `links` wherever it leads somewhere."""
    if isinstance(value, list):
        return [_without_links(one, links) for one in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("href"), str):
        links.append((value["href"], value.get("name", "")))
        return value | {"href": f"{NOWHERE}{len(links) - 1}", "name": ""}
    return {key: _without_links(one, links) for key, one in value.items()}
