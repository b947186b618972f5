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
from typing import Any, Final, Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from generator.charts.chart import NARROW, WIDE, Chart, Draw, Spec
from generator.problems.problem import Language

_RECIPE = "1"  # to be raised whenever the same specification is to give other bytes
_RENDERER = "vl-convert-python"
_LOCALES: Final[dict[Language, Literal["zh-CN", "en-GB"]]] = {"zh": "zh-CN", "en": "en-GB"}
_NOWHERE = "https://chronicle.invalid/"  # the renderer would resolve relative addresses (RFC 2606)
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
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, 2.2
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
    return Markup(_drawn(_canonical(spec), width, language))


def drawing_key(spec: Spec, width: int, language: Language) -> str:
    """A SHA-256 in hexadecimal of all that a drawing depends on: equal keys, equal bytes."""
    parts = (_RECIPE, _RENDERER, version(_RENDERER), str(width), language, _canonical(spec))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(spec: Spec) -> str:
    return json.dumps(spec, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=64)
def _drawn(canonical: str, width: int, language: Language) -> str:
    links: list[str] = []
    spec = _with_links_put_aside(json.loads(canonical), links)
    spec["width"] = plot_width(spec, width)
    root = ElementTree.fromstring(_NOT_XML.sub("", _rendered(spec, language)))
    _tidy(root, links)
    _introduce(
        root, f"chart-{spec['name']}-{width}", spec["usermeta"]["title"], spec["description"]
    )
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


def _with_links_put_aside(value: Any, links: list[str]) -> Any:
    """The value with each `href` replaced by an address that carries its number in `links`."""
    if isinstance(value, list):
        return [_with_links_put_aside(one, links) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, one in value.items():
        if key == "href" and isinstance(one, str):
            links.append(one)
            one = f"{_NOWHERE}{len(links) - 1}"
        kept[key] = _with_links_put_aside(one, links)
    return kept


def _tidy(element: Element, links: list[str]) -> None:
    """Make an element, and every one below it, fit for the page."""
    element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    for child in list(element):
        if child.get("class") in _UNSEEN:
            element.remove(child)
        elif _HREF in child.attrib:
            _complete_link(child, links)
        else:
            _tidy(child, links)
    for name in _UNWANTED:
        element.attrib.pop(name, None)
    for name in _MEASURED:
        if name in element.attrib:
            element.set(name, _LONG_FRACTION.sub(_rounded, element.attrib[name]))


def _complete_link(link: Element, links: list[str]) -> None:
    """Send a link where it was meant to go, and say its name where it is read and shown."""
    shape = link[0]
    name, address = shape.get("aria-label", ""), link.attrib[_HREF]
    link.attrib.clear()
    _tidy(link, links)
    link.attrib.update({"href": links[int(address.removeprefix(_NOWHERE))], "aria-label": name})
    shape.set("pointer-events", "all")  # without a fill of its own it would not be clickable
    ElementTree.SubElement(shape, "title").text = name


def _rounded(match: re.Match[str]) -> str:
    return f"{float(match[0]):.2f}".rstrip("0").rstrip(".")


def _introduce(root: Element, id: str, title: str, description: str) -> None:
    """Give the drawing its name; a `group`, since the content of an `img` cannot be reached."""
    _hide_what_is_not_linked(root)
    root.attrib.update(
        {
            "xmlns": _SVG,
            "role": "group",
            "aria-labelledby": f"{id}-title",
            "aria-describedby": f"{id}-description",
        }
    )
    for position, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = Element(tag, {"id": f"{id}-{'title' if tag == 'title' else 'description'}"})
        element.text = _NOT_XML.sub("", text)
        root.insert(position, element)


def _hide_what_is_not_linked(element: Element) -> None:
    for child in element:
        if child.tag == "a":
            continue
        if child.find(".//a") is None:
            child.set("aria-hidden", "true")
        else:
            _hide_what_is_not_linked(child)
