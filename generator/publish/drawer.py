"""Draws charts in a process of its own, whose renderer starts while the records are being read.

Enter: what is seen of a chart's specification. Leave: its drawing, as `charts.drawing.draw_seen`
gives it. Nobody can know yet whether a chart has changed: it is begun only where that is likely.
Imports nothing heavy: the sooner it is begun, the better.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from generator.charts.chart import Spec
from generator.problems.problem import Language
from generator.reading.second_process import Servant

Seen = tuple[Spec, int, Language]
"""What is seen of a specification, the width of the drawing in px, and the language."""

Drawer = Servant[Seen, str]


@contextmanager
def drawer(*, likely: bool) -> Iterator[Drawer | None]:
    """What draws charts, where it is likely that some have to be drawn."""
    servant = Servant(_ready) if likely else None
    try:
        yield servant
    finally:
        if servant is not None:
            servant.dismiss()


def _ready() -> Callable[[Seen], str]:
    from generator.charts.drawing import draw_seen, start_renderer

    start_renderer()
    return lambda seen: draw_seen(*seen)
