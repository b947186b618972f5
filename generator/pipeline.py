"""The whole build: read, check, develop, render, stamp, audit, swap.

Enter: settings. Leave: a site in its folder, or the problems that kept it from being built; then
the old site is untouched.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path

from generator.archive.archive import Archive
from generator.archive.audience import Seen, seen_by
from generator.archive.fingerprints import fingerprints, measured
from generator.archive.withheld import Secret, secrets
from generator.checking import Checked, check
from generator.pages.edition import Edition
from generator.photos.cache import Cache
from generator.problems.problem import Problem, has_errors, in_order
from generator.publish.audit import audit
from generator.publish.drawer import Drawer
from generator.publish.drawings import Drawings
from generator.publish.engines import engine_of
from generator.publish.leaks import Leaks
from generator.publish.making import is_large
from generator.publish.printed import read_printed, save_printed
from generator.publish.rendered import Rendered
from generator.publish.rendering import Rendering
from generator.publish.site import Writing, write_site
from generator.publish.spare import FOLDER as SPARE
from generator.publish.spare import bring, put_by
from generator.publish.swap import fresh_folder, swap_in
from generator.publish.taken_over import lay_out, site_before
from generator.reading.inputs import Found, marks_of
from generator.reading.memory import FOLDER, Memory
from generator.reading.second_process import Aside
from generator.settings import Settings

_WORTH_A_PROCESS = 1000  # records or sheets with which there is more to do than to make a process

Step = Callable[[str], None]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a build; `pages` is the number of record pages, 0 when nothing was built."""

    problems: tuple[Problem, ...]
    pages: int = 0
    made: tuple[str, ...] = ()
    """Addresses that were made anew; the others were taken over from the site before."""
    read: Mapping[str, bytes] = field(default_factory=dict)
    """Digests of the record files that were read, by their paths below the root."""
    left: str = ""
    """What marks the new site, as nobody has touched it yet."""

    @property
    def succeeded(self) -> bool:
        """Whether the site stands."""
        return not has_errors(self.problems)


def prepare(settings: Settings, progress: Progress) -> Edition | tuple[Problem, ...]:
    """All that a build has to know: the edition, its secrets, what its records are told apart by.

    The problems that forbid a build, where there are any.
    """
    prepared = begin(settings, progress)
    return prepared.edition() if isinstance(prepared, Prepared) else prepared


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edition whose secrets are still being gathered, by a copy of this process."""

    without_secrets: Edition
    secrets: Aside[tuple[Secret, ...]]
    read: Mapping[str, bytes]
    """Digests of the record files, by their paths below the root."""

    def edition(self) -> Edition:
        """The edition with its secrets; to be asked for once."""
        return replace(self.without_secrets, secrets=self.secrets.result())


def begin(
    settings: Settings,
    progress: Progress,
    found: Sequence[Found] | None = None,
    drawer: Drawer | None = None,
) -> Prepared | tuple[Problem, ...]:
    """What `prepare` promises, with the secrets to be waited for; `found` as `check` takes it."""
    checked = check(settings, only_errors=True, found=found)
    edition = illustrated(settings, checked, progress, drawer)
    if not isinstance(edition, Edition):
        return edition
    whole = checked.archive
    assert whole is not None
    seen = Seen(edition.archive, edition.mask, edition.renamed, edition.withheld)
    worth = len(whole.records) >= _WORTH_A_PROCESS
    aside = Aside(lambda: secrets(whole, seen), worth=worth)
    read = checked.documents.digests
    digests = fingerprints(edition.archive, whole, read)
    amounts = measured(edition.archive, whole, checked.amounts)
    return Prepared(replace(edition, fingerprints=digests, amounts=amounts), aside, read)


def illustrated(
    settings: Settings, checked: Checked, progress: Progress, drawer: Drawer | None = None
) -> Edition | tuple[Problem, ...]:
    """The checked edition with developed photographs, or the problems that forbid one."""
    edition = checked.edition
    if edition is None or has_errors(checked.problems):
        return checked.problems
    edition = replace(edition, draw=drawings(settings, drawer).draw)
    if not edition.archive.photographs:
        return edition
    from generator.publish.photographs import Darkroom, develop  # and with them all of Pillow

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
    return replace(edition, pictures=pictures)


def withheld_from(settings: Settings, archive: Archive) -> tuple[Secret, ...]:
    """What the settings' audience may not read anywhere in the site."""
    return secrets(archive, seen_by(archive, settings.audience, settings.today))


def finish(settings: Settings, edition: Edition, rendered: Rendered, folder: Path) -> Outcome:
    """Write all that the engine does not, then look at the whole as a reader's browser would."""
    cache, jobs = photo_cache(settings), settings.jobs
    site = write_site(edition, rendered, cache, folder, None, jobs)
    problems = audit(folder, Leaks(edition.secrets), None, jobs)
    return Outcome(in_order(problems), site.pages, site.made)


def build(
    settings: Settings,
    output: Path,
    step: Step,
    progress: Progress,
    found: Sequence[Found] | None = None,
    drawer: Drawer | None = None,
) -> Outcome:
    """A complete site in `output`, swapped in at the end; with any error the old one stays.

    `found` are the files, where somebody has just looked; `drawer` draws charts while there are any
    to be drawn.
    """
    step("check")
    engine, cache, jobs = engine_of(settings.engine), photo_cache(settings), settings.jobs
    memory, name, left = Memory(settings.cache / FOLDER), _of_site(settings, output), ""
    printed, spare = partial(read_printed, memory, name, output), settings.cache / SPARE
    with fresh_folder(output) as folder:
        bring(spare, folder)
        laid = Aside(lambda: lay_out(output, printed(), folder), worth=True)
        try:
            prepared = begin(settings, progress, found, drawer)
        except BaseException:
            laid.drop()
            raise
        if not isinstance(prepared, Prepared):
            laid.drop()
            return Outcome(prepared)
        before = site_before(output, printed(), laid.result())
        step("render")
        rendering = Rendering(engine, settings, prepared.without_secrets, before, folder)
        edition = prepared.edition()
        step("stamp")
        drawn = drawer.dismiss if drawer is not None else lambda: None
        with Writing(edition, rendering.rendered, cache, folder, before, jobs, drawn) as begun:
            drawn()
            leaks, known = Leaks(edition.secrets), begun.looked_at(rendering.kept)
            problems = audit(folder, leaks, known, jobs, begun.index_written)
            site = begun.finish()
        if not has_errors(problems):
            step("publish")
            swap_in(folder, output)
            now = site.printed.with_engine(rendering.printed)
            worth = len(now.prints) >= _WORTH_A_PROCESS and not is_large(edition)
            marking = Aside(lambda: marks_of((output,)), worth=worth)
            saving = Aside(lambda: save_printed(memory, name, now, before.printed), worth=worth)
            put_by(folder, chain.from_iterable(now.prints.values()), spare)
            saving.result()
            left = marking.result()
    return Outcome(in_order(problems), site.pages, site.made, prepared.read, left)


def _of_site(settings: Settings, output: Path) -> str:
    """What names the memory of a site for this audience in that folder."""
    return f"printed-{sha256(f'{settings.audience} {output}'.encode()).hexdigest()[:16]}"


def photo_cache(settings: Settings) -> Cache:
    """Where developed photographs are kept between builds."""
    return Cache(settings.cache / "photos")


def drawings(settings: Settings, drawer: Drawer | None = None) -> Drawings:
    """Where drawn charts are kept between builds."""
    return Drawings(settings.cache / "charts", drawer)
