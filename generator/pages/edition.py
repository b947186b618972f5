"""An edition: one archive as one audience sees it, in one language, with its pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.archive.archive import Archive
from generator.archive.claims import Comparison, reconcile
from generator.archive.masking import Mask
from generator.archive.service import Service, services
from generator.archive.statistic import Statistic
from generator.archive.statistics import Statistics
from generator.archive.withheld import Secret
from generator.charts.chart import Chart, Draw
from generator.kinds.fields import Ref
from generator.photos.plan import Picture
from generator.problems.problem import Language

PHOTO_FOLDER = "assets/photos/"


@dataclass(frozen=True)
class Edition:
    """All that page kinds may know. `pictures` are by photograph id; one not held is not in it."""

    archive: Archive
    figures: Statistics
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    language: Language = "zh"
    site_url: str = ""
    repo_url: str = ""
    guide: str = ""
    """Address of the hand-written guide for members; empty when the archive has none."""
    mask: Mask = field(default_factory=Mask)
    """What this audience's hand-written pages may not name."""
    renamed: Mapping[Ref, Ref] = field(default_factory=dict)
    """What hand-written pages may refer to under an id that this audience may not read."""
    withheld: frozenset[Ref] = frozenset()
    """What they may not refer to; only their messages name it."""
    secrets: tuple[Secret, ...] = ()
    """What the audit looks for in the finished site; no page reads it."""
    asked: tuple[Statistic, ...] = ()
    """Figures that hand-written pages ask for, narrowed ones among them; each once, sorted."""
    fingerprints: Mapping[Ref, str] = field(default_factory=dict)
    """The content of every record that this audience sees, as a digest; empty: not known."""
    amounts: Mapping[str, str] = field(default_factory=dict)
    """What figures are made of, as a digest for each year; known where `fingerprints` are."""
    draw: Draw | None = None
    """Something that remembers what it drew; without it every chart is drawn anew."""

    @cached_property
    def remembered(self) -> dict[str, Any]:
        """What is made once for all pages, by a word for what it is."""
        return {}

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """Every claim beside the recorded total of the time it speaks of."""
        return reconcile(self.archive, self.figures)

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """What every member has done."""
        return services(self.archive, self.figures)

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart that the records suffice for; drawn when first asked for."""
        # Imported here: a check of the records draws nothing.
        from generator.charts.drawing import draw
        from generator.charts.questions import charts

        return charts(self.figures, self.language, self.draw or draw)
