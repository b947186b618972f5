"""The whole build: read, check, develop, render, stamp, audit, swap.

Enter: settings. Leave: a site in its folder, or the problems that kept it from being built; then
the old site is untouched.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from generator.archive.archive import Archive
from generator.archive.audience import Seen, seen_by
from generator.archive.fingerprints import fingerprints
from generator.archive.withheld import Secret, secrets
from generator.checking import Checked, check
from generator.pages.edition import Edition
from generator.photos.cache import Cache
from generator.problems.problem import Problem, has_errors, in_order
from generator.publish.audit import Looked, audit
from generator.publish.drawings import Drawings
from generator.publish.engines import engine_of
from generator.publish.photographs import Darkroom, Progress, develop
from generator.publish.printed import Before, read_printed, save_printed
from generator.publish.rendered import Rendered
from generator.publish.rendering import render_or_take_over
from generator.publish.site import Site, write_site
from generator.publish.swap import fresh_folder, swap_in
from generator.reading.memory import FOLDER, Memory
from generator.settings import Settings

Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a build; `pages` is the number of record pages, 0 when nothing was built."""

    problems: tuple[Problem, ...]
    pages: int = 0
    made: tuple[str, ...] = ()
    """Addresses that were made anew; the others were taken over from the site before."""

    @property
    def succeeded(self) -> bool:
        """Whether the site stands."""
        return not has_errors(self.problems)


def prepare(settings: Settings, progress: Progress) -> Edition | tuple[Problem, ...]:
    """All that a build has to know: the edition, its secrets, what its records are told apart by.

    The problems that forbid a build, where there are any.
    """
    checked = check(settings)
    edition = illustrated(settings, checked, progress)
    if not isinstance(edition, Edition):
        return edition
    assert checked.archive is not None
    seen = Seen(edition.archive, edition.mask, edition.renamed, edition.withheld)
    return replace(
        edition,
        secrets=secrets(checked.archive, seen),
        fingerprints=fingerprints(edition.archive, checked.archive, checked.documents.digests),
    )


def illustrated(
    settings: Settings, checked: Checked, progress: Progress
) -> Edition | tuple[Problem, ...]:
    """The checked edition with developed photographs, or the problems that forbid one."""
    edition = checked.edition
    if edition is None or has_errors(checked.problems):
        return checked.problems
    darkroom = Darkroom.of(settings)
    with darkroom.executor() as pool:
        pictures, problems = develop(
            edition.archive,
            checked.documents,
            settings.root,
            photo_cache(settings),
            pool,
            progress,
            darkroom,
        )
    if problems:
        return in_order(problems)
    return replace(edition, pictures=pictures, draw=drawings(settings).draw)


def withheld_from(settings: Settings, archive: Archive) -> tuple[Secret, ...]:
    """What the settings' audience may not read anywhere in the site."""
    return secrets(archive, seen_by(archive, settings.audience, settings.today))


def finish(
    settings: Settings,
    edition: Edition,
    rendered: Rendered,
    folder: Path,
    before: Before | None = None,
    kept: Set[str] = frozenset(),
) -> tuple[Outcome, Site]:
    """Write all that the engine does not, then look at the whole as a reader's browser would.

    `kept` are those of the engine's files that are the ones of the site before.
    """
    cache = photo_cache(settings)
    site = write_site(edition, rendered, cache, folder, before, settings.jobs)
    looked = Looked(before.folder, site.kept | kept, site.searched) if before is not None else None
    problems = audit(folder, edition.secrets, looked, settings.jobs)
    return Outcome(in_order(problems), site.pages, site.made), site


def build(settings: Settings, output: Path, step: Step, progress: Progress) -> Outcome:
    """A complete site in `output`, swapped in at the end; with any error the old one stays."""
    step("check")
    engine = engine_of(settings.engine)
    edition = prepare(settings, progress)
    if not isinstance(edition, Edition):
        return Outcome(edition)
    memory, name = Memory(settings.cache / FOLDER), _of_site(settings, output)
    before = Before(output, read_printed(memory, name))
    with fresh_folder(output) as folder:
        step("render")
        rendered, kept = render_or_take_over(engine, settings, edition, before, folder)
        step("stamp")
        outcome, site = finish(settings, edition, rendered.rendered, folder, before, kept)
        if outcome.succeeded:
            step("publish")
            swap_in(folder, output)
            save_printed(memory, name, site.printed.with_engine(rendered))
    return outcome


def _of_site(settings: Settings, output: Path) -> str:
    """What names the memory of a site for this audience in that folder."""
    return f"printed-{sha256(f'{settings.audience} {output}'.encode()).hexdigest()[:16]}"


def photo_cache(settings: Settings) -> Cache:
    """Where developed photographs are kept between builds."""
    return Cache(settings.cache / "photos")


def drawings(settings: Settings) -> Drawings:
    """Where drawn charts are kept between builds."""
    return Drawings(settings.cache / "charts")
