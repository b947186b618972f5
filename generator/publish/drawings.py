"""Drawings of charts on disk, found again by their key.

A specification enters, its SVG leaves: from the cache, or drawn and kept. A file is the SHA-256 of
the drawing in its first line and the drawing below it; one that is missing, cut off or changed
counts as absent, and is drawn again. So the folder may be deleted or damaged at any time, and two
builds may share it. A disk that refuses costs time, not the build.
"""

import hashlib
import time
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from generator.archive.archive import Archive
from generator.archive.statistics import statistics
from generator.charts.chart import Spec
from generator.charts.told import put_aside
from generator.problems.problem import Language
from generator.publish.drawer import Drawer
from generator.reading.whole_file import put_whole

GRACE_SECONDS = 3600.0
"""How old a file must be before it is pruned: another build may be about to use it."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings under one folder, which need not exist yet."""

    root: Path
    drawer: Drawer | None = None
    """What draws those that are not there; without one it is this process."""

    def draw(self, spec: Spec, width: int, language: Language) -> Markup:
        """The SVG of a specification, as `charts.drawing.draw` gives it."""
        from generator.charts.drawing import draw_seen, drawing_key  # in the process that draws

        seen, told = put_aside(spec)
        path = self.path(drawing_key(seen, width, language))
        drawn = _read(path)
        if drawn is None:
            asked = seen, width, language
            drawn = self.drawer.ask(asked) if self.drawer is not None else draw_seen(*asked)
            with suppress(OSError):
                _write(path, drawn)
        return Markup(told.put_into(drawn))

    def path(self, key: str) -> Path:
        """Where the drawing of that key lies."""
        return self.root / key[:2] / f"{key}.svg"

    def content(self) -> tuple[int, int]:
        """How many files there are now, and their length in bytes."""
        lengths = []
        for path in self._files():
            with suppress(OSError):  # another build has just moved it
                lengths.append(path.stat().st_size)
        return len(lengths), sum(lengths)

    def prune(self, keep: Set[str], *, grace: float = GRACE_SECONDS) -> int:
        """Remove every drawing whose key is not in `keep`; returns how many files that were.

        Files changed less than `grace` seconds ago stay, in case another build is at work.
        """
        newest = time.time() - grace
        removed = 0
        for path in sorted(self._files()):
            if path.stem in keep and not path.name.startswith("."):
                continue
            with suppress(OSError):
                if path.stat().st_mtime <= newest:
                    path.unlink()
                    removed += 1
        return removed

    def _files(self) -> Iterator[Path]:
        return (path for path in self.root.glob("[0-9a-f][0-9a-f]/*") if path.is_file())


def keys_in_use(archive: Archive, language: Language) -> Set[str]:
    """The keys of every drawing that the archive asks for."""
    from generator.charts.drawing import drawing_key
    from generator.charts.questions import charts

    keys: set[str] = set()

    def noted(spec: Spec, width: int, language: Language) -> Markup:
        keys.add(drawing_key(put_aside(spec)[0], width, language))
        return Markup("")

    charts(statistics(archive), language, noted)
    return keys


def _read(path: Path) -> str | None:
    try:
        digest, _, svg = path.read_bytes().partition(b"\n")
        whole = hashlib.sha256(svg).hexdigest().encode("ascii") == digest
        return svg.decode("utf-8") if whole else None
    except (OSError, UnicodeDecodeError):
        return None


def _write(path: Path, svg: str) -> None:
    content = svg.encode("utf-8")
    put_whole(path, hashlib.sha256(content).hexdigest().encode("ascii") + b"\n" + content)
