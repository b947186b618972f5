"""What an engine gives back: frames for record pages, and the hand-written pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.publish.frames import Frame


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A hand-written page: its address, title, and plain text for the search."""

    url: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Frames by folder, and hand-written pages in the order of their addresses."""

    frames: Mapping[str, Frame]
    written: tuple[WrittenPage, ...]
