"""Chromium 80 reads everything: old phones and office machines stay with what they have."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.publish import site

ASSETS = Path(site.__file__).parent.parent / "assets"
SCRIPTS = sorted(ASSETS.rglob("*.js"))
SHEETS = sorted(ASSETS.rglob("*.css"))

NEWER_SCRIPT = {
    "?.": r"\?\.(?!\d)",
    "??": r"\?\?",
    "||= and &&=": r"(\|\||&&)=",
    "numbers with _": r"\b\d+_\d",
    "private fields": r"this\.#",
    "import and export": r"^\s*(import|export)\b|\bimport\(",
    "newer methods": r"\.(replaceAll|at|findLast|findLastIndex|toSorted|toReversed|allSettled|any"
    r"|hasOwn|replaceChildren|groupBy|randomUUID)\(",
    "newer names": r"\b(structuredClone|WeakRef|BigInt|AggregateError)\b",
}
NEWER_STYLE = {
    "selectors": r":(is|where)\(|^\s*&",
    "at-rules": r"@(layer|container|property|scope|starting-style)\b",
    "colours": r"\b(color-mix|oklch|oklab|lab|lch|hwb|light-dark)\(",
    "units": r"\d[sdl]v[hw]\b|\dcq[wh]\b",
    "inset": r"(^|[;{\s])inset(-block|-inline)?:",
    "line and thickness in one": r"text-decoration:[^;}]*\d(px|em)",
}
ALONE = (":has(", ":focus-visible")
WITHOUT_GAP = "@supports (not (color: revert))"


def rules(style: str) -> list[tuple[str, str]]:
    """Selectors and declarations of every rule, media queries taken apart."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    return [(one.strip(), body) for one, body in re.findall(r"([^{};]+)\{([^{}]*)\}", style)]


def found(patterns: Mapping[str, str], text: str) -> dict[str, str]:
    """What is too new, by its name, as it stands in the text."""
    hits = ((name, re.search(pattern, text, re.M)) for name, pattern in patterns.items())
    return {name: hit[0] for name, hit in hits if hit}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_to_what_chromium_80_runs(script: Path) -> None:
    text = re.sub(r"/\*.*?\*/|^\s*//.*$", "", script.read_text("utf-8"), flags=re.DOTALL | re.M)
    assert found(NEWER_SCRIPT, text) == {}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheets_keep_to_what_chromium_80_knows(sheet: Path) -> None:
    assert found(NEWER_STYLE, sheet.read_text("utf-8")) == {}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_selector_that_is_not_known_takes_no_other_with_it(sheet: Path) -> None:
    lists = [one for one, _ in rules(sheet.read_text("utf-8")) if "," in one]
    assert not [one for one in lists if any(newer in one for newer in ALONE)]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_what_stands_side_by_side_stands_apart_where_flex_knows_no_gap(sheet: Path) -> None:
    style, _, older = sheet.read_text("utf-8").partition(WITHOUT_GAP)
    for selectors, body in rules(style):
        if re.search(r"display: (inline-)?flex", body) and re.search(r"(?<![\w-])gap:", body):
            for one in selectors.split(","):
                assert f"{one.strip()} > " in older
