"""What a reader may take away of a chart: the table as plain text, the specification for Vega-Lite.

Enter: a chart. Leave: values that stand alone. In the page colours are CSS variables and addresses
relative to it; a specification opened elsewhere has neither, so it gets the colours of day and
addresses relative to its own folder, or whole ones where the site's is known.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from generator.charts.chart import WIDE, Chart, Spec
from generator.charts.drawing import plot_width

FOLDER: Final = "data/charts/"
_PAGE = "statistics/"  # what addresses in a chart are relative to

COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "--sheet": "#ffffff",
        "--tint": "#f4f0e8",
        "--ink": "#1f2328",
        "--quiet": "#59626c",
        "--rule": "#dfdad0",
        "--edge": "#858074",
        "--chart-1": "#b5342b",
        "--chart-2": "#2f6f8f",
        "--chart-3": "#b07a1e",
        "--chart-4": "#5b7f5a",
        "--chart-5": "#7a5a8c",
        "--chart-6": "#6b7280",
        "--full-1": "#efd3cf",
        "--full-2": "#d98a82",
        "--full-3": "#b5342b",
        "--on-full-1": "#1f2328",
        "--on-full-2": "#1f2328",
        "--on-full-3": "#fbfaf7",
    }
)
"""The colours of day of `assets/tokens.css` (a test holds them together)."""


def plain_table(chart: Chart) -> tuple[dict[str, str], ...]:
    """The rows of the table by column."""
    return tuple(dict(zip(chart.columns, row, strict=True)) for row in chart.rows)


def plain_specification(chart: Chart, site_url: str) -> Spec:
    """The wide drawing's specification, complete, for any program that draws Vega-Lite."""
    root = f"{site_url.rstrip('/')}/" if site_url else "../" * FOLDER.count("/")
    spec: Spec = _alone(chart.specification, root)
    return spec | {"width": plot_width(spec, WIDE)}


def _alone(value: Any, root: str) -> Any:
    if isinstance(value, Mapping):
        return {
            key: _address(one, root)
            if key == "href" and isinstance(one, str)
            else _alone(one, root)
            for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_alone(one, root) for one in value]
    if isinstance(value, str) and value.startswith("var(--"):
        return COLOURS[value[4:-1]]
    return value


def _address(href: str, root: str) -> str:
    if href.startswith("#"):
        return f"{root}{_PAGE}index.html{href}"
    return root + href.removeprefix("../")
