"""What a chart is to a page: a question, its answer, two drawings, the table behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup, escape

from generator.problems.problem import Language

WIDE: Final = 720
"""Width in px of the drawing for windows from 640 px."""
NARROW: Final = 350
"""Width in px of the drawing for phones."""

Spec = dict[str, Any]
"""A Vega-Lite specification as its JSON schema has it."""

Draw = Callable[[Spec, int, Language], Markup]
"""How a specification becomes SVG: `drawing.draw`, or something that remembers what it drew."""


class Link(str):
    """A cell of a table that leads somewhere: its text, and in a page a link."""

    __slots__ = ("address",)
    address: str

    def __new__(cls, address: str, text: str) -> "Link":
        """A text, and where it leads."""
        one = super().__new__(cls, text)
        one.address = address
        return one

    def __html__(self) -> str:
        return f'<a href="{escape(self.address)}">{escape(str(self))}</a>'


def table_of(id: str) -> str:
    """The address, on its page, of the table behind a chart."""
    return f"#table-{id}"


@dataclass(frozen=True, slots=True)
class Chart:
    """One question and its answer; `id` is unique on the page.

    In the answer every number is a link to what it counts; `table_of` is where the table stands.
    `wide` and `narrow` are SVG of the same figures at 720 and 350 px. A cell of `rows` is text, or
    a `Link` to the records that the row is made of.
    """

    id: str
    question: str
    answer: Markup
    wide: Markup
    narrow: Markup
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    specification: Spec
    """What the wide drawing is made from; addresses in it are relative to the statistics page."""
