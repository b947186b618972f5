"""A Vega-Lite specification to SVG that can stand inside a page.

Enter: a specification whose every place is computed beforehand, its width in px, a language. Leave:
SVG as `Markup`. Equal input gives equal bytes, whatever fonts the machine has; nothing is fetched,
nothing is written. The renderer takes seconds to start and is imported when first needed.

What the renderer gives is made fit for the page: fonts are inherited, links lead where the
specification says and have names, everything else is hidden from screen readers, which get a title
and a description instead (SVG Accessibility API Mappings 1.0).
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Final, Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from generator.charts.chart import NARROW, WIDE, Chart, Draw, Spec
from generator.charts.told import NOT_XML, NOWHERE, put_aside
from generator.problems.problem import Language

_RECIPE = "2"  # to be raised whenever the same specification is to give other bytes
_RENDERER = "vl-convert-python"
_LOCALES: Final[dict[Language, Literal["zh-CN", "en-GB"]]] = {"zh": "zh-CN", "en": "en-GB"}
_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_UNSEEN = ("background", "foreground")
_UNWANTED = (
    "class",
    "role",
    "aria-label",
    "aria-roledescription",
    "aria-hidden",
    "font-family",
    "version",
)
_MEASURED = ("d", "transform", "x2", "y2")
_LONG_FRACTION = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")


def drawn(
    specification: Callable[[int], Spec],
    answer: Markup,
    columns: Sequence[str],
    rows: Sequence[tuple[str, ...]],
    language: Language,
    draw: Draw,
) -> Chart:
    """The chart of a specification that depends on its width, with the table behind it."""
    wide, narrow = specification(WIDE), specification(NARROW)
    return Chart(
        id=wide["name"],
        question=wide["usermeta"]["title"],
        answer=answer,
        wide=draw(wide, WIDE, language),
        narrow=draw(narrow, NARROW, language),
        columns=tuple(columns),
        rows=tuple(rows),
        specification=wide,
    )


def draw(spec: Spec, width: int, language: Language) -> Markup:
    """The SVG of a specification, `width` px wide in all.

    Of the specification, `name` makes ids unique on a page, `usermeta.title` and `description` are
    what screen readers are told, `padding` is part of the width, and `href`s may be relative.
    """
    seen, told = put_aside(spec)
    return Markup(told.put_into(draw_seen(seen, width, language)))


def draw_seen(seen: Spec, width: int, language: Language) -> str:
    """The SVG of what is seen of a specification, into which `Told.put_into` puts the rest."""
    return _drawn(_canonical(seen), width, language)


def start_renderer() -> None:
    """Have the renderer started, which takes longer than most drawings."""
    import vl_convert

    vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "point"}, allowed_base_urls=[])


def drawing_key(seen: Spec, width: int, language: Language) -> str:
    """A SHA-256 in hexadecimal of all that `draw_seen` depends on: equal keys, equal bytes."""
    parts = (_RECIPE, _RENDERER, version(_RENDERER), str(width), language, _canonical(seen))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(spec: Spec) -> str:
    return json.dumps(spec, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=64)
def _drawn(canonical: str, width: int, language: Language) -> str:
    spec = json.loads(canonical)
    spec["width"] = plot_width(spec, width)
    root = ElementTree.fromstring(NOT_XML.sub("", _rendered(spec, language)))
    _tidy(root)
    _introduce(root, f"chart-{spec['name']}-{width}")
    return ElementTree.tostring(root, encoding="unicode")


def plot_width(spec: Spec, width: int) -> int:
    """The width of the plot in a drawing of that width in all, both in px."""
    padding = spec["padding"]
    return int(width - padding["left"] - padding["right"])


def _rendered(spec: Spec, language: Language) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(
        spec,
        allowed_base_urls=[],
        format_locale=_LOCALES[language],
        time_format_locale=_LOCALES[language],
    )
    return svg


def _tidy(element: Element) -> None:
    """Make an element, and every one below it, fit for the page."""
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    for child in list(element):
        if child.get("class") in _UNSEEN:
            element.remove(child)
        elif _HREF in child.attrib:
            _complete_link(child)
        else:
            _tidy(child)
    for name in _UNWANTED:
        element.attrib.pop(name, None)
    for name in _MEASURED:
        if name in element.attrib:
            element.set(name, _LONG_FRACTION.sub(_rounded, element.attrib[name]))


def _complete_link(link: Element) -> None:
    """Give a link its number, and room for its name."""
    shape = link[0]
    number = link.attrib[_HREF].removeprefix(NOWHERE)
    link.attrib.clear()
    _tidy(link)
    link.set("href", number)
    shape.set("pointer-events", "all")  # without a fill of its own it would not be clickable
    ElementTree.SubElement(shape, "title")


def _rounded(match: re.Match[str]) -> str:
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


def _introduce(root: Element, id: str) -> None:
    """Give the drawing room for its title and description; a `group`, since the content of an `img`
    cannot be reached."""
    _hide_what_is_not_linked(root)
    root.attrib.update(
        {
            "xmlns": _SVG,
            "role": "group",
            "aria-labelledby": f"{id}-title",
            "aria-describedby": f"{id}-description",
        }
    )
    for position, (tag, told) in enumerate((("title", "title"), ("desc", "description"))):
        root.insert(position, Element(tag, {"id": f"{id}-{told}"}))


def _hide_what_is_not_linked(element: Element) -> None:
    for child in element:
        if child.tag == "a":
            continue
        if child.find(".//a") is None:
            child.set("aria-hidden", "true")
        else:
            _hide_what_is_not_linked(child)
