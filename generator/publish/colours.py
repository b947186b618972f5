"""An archive's own colours as a style sheet that is read after `tokens.css`.

Enter: the colours of `archive.yml`. Leave: the tokens that follow from them, by day and by night;
every shade keeps the contrast of the one it stands for.
"""

from generator.kinds.archive_file import DAY_PAPER, Colours
from generator.values.colours import WHITE, mixed, readable_on

FILE = "colours.css"
_NIGHT_PAPER, _DAY_INK, _NIGHT_INK = "#15181b", "#1f2328", "#e6e3dc"


def style_sheet(colours: Colours) -> str:
    """The tokens that these colours change; empty when none is given."""
    tokens = {**_of_paper(colours), **_of_accent(colours)}
    if not tokens:
        return ""
    lines = (f"  --{name}: var(--day, {d}) var(--night, {n});" for name, (d, n) in tokens.items())
    return "\n".join(
        ("/* The archive's own colours, from archive.yml. */", ":root {", *lines, "}", "")
    )


def _of_paper(colours: Colours) -> dict[str, tuple[str, str]]:
    """The grounds by day; nights keep theirs."""
    if colours.paper is None:
        return {}
    paper = colours.paper
    return {
        "paper": (paper, _NIGHT_PAPER),
        "sheet": (mixed(paper, WHITE, 0.7), "#1c2024"),
        "tint": (mixed(paper, _DAY_INK, 0.035), "#1f2429"),
        "rule": (mixed(paper, _DAY_INK, 0.13), "#343a40"),
        "quiet": (readable_on(mixed(paper, _DAY_INK, 0.035), "#59626c", 5), "#a3a8ad"),
        "edge": (readable_on(paper, "#858074", 3.3), "#747b82"),
    }


def _of_accent(colours: Colours) -> dict[str, tuple[str, str]]:
    """The accent, its tint, and the calendar's three shades of fullness."""
    if colours.accent is None:
        return {}
    paper = colours.paper or DAY_PAPER
    day = colours.accent
    night = colours.accent_night or readable_on(_NIGHT_PAPER, day, 7)
    middle = mixed(day, paper, 0.45), mixed(night, _NIGHT_PAPER, 0.45)
    return {
        "accent": (day, night),
        "accent-tint": (mixed(day, paper, 0.88), mixed(night, _NIGHT_PAPER, 0.85)),
        "chart-1": (day, night),
        "full-1": (mixed(day, paper, 0.78), mixed(night, _NIGHT_PAPER, 0.74)),
        "full-2": middle,
        "full-3": (day, night),
        "on-full-2": (readable_on(middle[0], _DAY_INK), readable_on(middle[1], _NIGHT_INK)),
    }
