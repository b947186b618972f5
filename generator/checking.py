"""The check of an archive: everything that is wrong with it, whatever is then done with it.

Enter: settings. Leave: what was read, its problems, and the archive as the settings' audience may
see it. Imports nothing that only a build needs: a check starts as fast as its libraries load.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.archive.archive import Archive
from generator.archive.audience import seen_by
from generator.archive.consent import consent_problems
from generator.archive.kept import KeptFiles
from generator.archive.load import load
from generator.archive.personal import personal_problems
from generator.archive.prose import Numbers, prose_problems
from generator.archive.statistics import statistics
from generator.pages.edition import Edition
from generator.problems.problem import Problem, has_errors, in_order
from generator.publish.originals import check_originals, limits_of
from generator.publish.written import check_written, guide_address
from generator.reading.inputs import Found
from generator.reading.memory import FOLDER, Memory
from generator.reading.record_files import Documents
from generator.reading.second_process import Aside
from generator.settings import Settings

_WORTH_A_PROCESS = 5000  # records whose texts take longer to look at than a process to make


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, and everything that is wrong with it, in order.

    `edition` is what the settings' audience may see, without pictures; nothing where the records
    themselves have an error.
    """

    archive: Archive | None
    documents: Documents
    problems: tuple[Problem, ...]
    edition: Edition | None = None
    amounts: Mapping[str, bytes] = field(default_factory=dict)
    """What figures are made of, as a digest for each record, by its path."""


def check(
    settings: Settings,
    known: KeptFiles | None = None,
    *,
    only_errors: bool = False,
    found: Sequence[Found] | None = None,
) -> Checked:
    """Read all records, photographs' headers and expressions, and report every problem.

    `known` is what files became in an earlier check, of this process or, where there was none, of
    this machine. `only_errors`: what can find no error need not look at every record. `found` are
    the files, where somebody has just looked.
    """
    known = known or known_files(settings)
    loaded = load(settings.root, settings.records, known, found)
    archive, documents = loaded.archive, loaded.documents
    if archive is None:
        return Checked(None, documents, in_order(loaded.problems))
    memory = Memory(settings.cache / FOLDER) if archive.photographs else None
    problems = [
        *loaded.problems,
        *personal_problems(archive, loaded.suspects, documents),
        *check_originals(archive, documents, settings.root, limits_of(settings), memory),
    ]
    if has_errors(problems):
        return Checked(archive, documents, in_order(problems))
    numbers = Numbers(archive, statistics(archive))

    def look_at_texts() -> list[Problem]:
        consent = consent_problems(archive, settings.audience, settings.today, documents)
        return [*prose_problems(archive, numbers, documents), *consent]

    worth = not only_errors and len(archive.records) >= _WORTH_A_PROCESS
    texts = Aside(look_at_texts, worth=worth)
    edition = edition_of(settings, archive)
    written = check_written(edition, numbers, settings.root, settings.docs)
    problems += written.problems
    if not only_errors:
        problems += texts.result()
    edition = replace(edition, asked=written.asked)
    return Checked(archive, documents, in_order(problems), edition, loaded.amounts)


def known_files(settings: Settings) -> KeptFiles:
    """What record files became when this machine last read them."""
    return KeptFiles(Memory(settings.cache / FOLDER))


def edition_of(settings: Settings, archive: Archive) -> Edition:
    """The archive as the settings' audience may see it, without pictures."""
    seen = seen_by(archive, settings.audience, settings.today)
    return Edition(
        archive=seen.archive,
        figures=statistics(seen.archive),
        language=settings.language,
        site_url=settings.site_url,
        repo_url=settings.repo_url,
        guide=guide_address(settings.docs),
        mask=seen.mask,
        renamed=seen.renamed,
        withheld=seen.withheld,
    )
