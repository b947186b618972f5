"""Whole small archives on disk: the one in tests/examples/base, with files laid over it or written.

Every test goes through the real code: files, reading, validation, assembly.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.archive.archive import Archive
from generator.archive.load import Loaded, load
from generator.problems.problem import Problem, Severity
from generator.reading.configuration import read_configuration
from generator.settings import CONFIGURATION, settings_of

ROOT = Path(__file__).parents[1]
EXAMPLES = Path(__file__).parent / "examples"
BASE = EXAMPLES / "base"

VOCABULARIES = """\
default_visibility: public
tasks: [{id: delivery, label: 物资运送}, {id: patrol, label: 防控巡查}]
measures:
  - {id: parcels, label: 分发物资, unit: parcel, task: delivery}
  - {id: longest_walk, unit: km, aggregate: max}
  - {id: members_present, aggregate: last}
units:
  - {id: parcel, label: 份}
  - {id: box, label: 箱}
  - {id: km, label: 公里}
  - {id: kg, label: 公斤}
  - {id: jin, label: 斤, base: kg, factor: 0.5}
  - {id: t, label: 吨, base: kg, factor: 1000}
item_categories: [{id: food, label: 食品}]
batches: [{id: first, label: 第一批}, {id: second, label: 第二批}]
"""
ARCHIVE = f"title: 小巷纪事\norganisation: 工作组\nperiod: 2020-03-01/2020-03-31\n{VOCABULARIES}"


def copy_of_base(folder: Path, overlay: Path | None = None) -> Path:
    """The base archive in a folder of its own, with the files of `overlay` laid over it."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    if overlay is not None:
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
    return folder


def written(folder: Path, files: Mapping[str, str | bytes], archive: str = ARCHIVE) -> Path:
    """An archive of these files, named by their paths below `records/`."""
    for name, content in {"archive.yml": archive, **files}.items():
        path = folder / "records" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def loaded(folder: Path, files: Mapping[str, str | bytes], archive: str = ARCHIVE) -> Loaded:
    """What the program makes of an archive of these files."""
    root = written(folder, files, archive)
    return load(root, root / "records")


def archive_of(folder: Path, files: Mapping[str, str | bytes], archive: str = ARCHIVE) -> Archive:
    """The archive of these files, in which there is no error."""
    found = loaded(folder, files, archive)
    assert errors(found.problems) == []
    assert found.archive is not None
    return found.archive


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Everything that `chronicle check` has to say about an archive."""
    from generator.checking import check  # the whole program: only for those who need it

    configuration = read_configuration(root / CONFIGURATION)
    if isinstance(configuration, Problem):
        return (configuration,)
    settings, problems = settings_of(root, configuration)
    return problems if settings is None else check(settings).problems


def codes(problems: tuple[Problem, ...]) -> list[str]:
    """The codes of problems, in their order."""
    return [one.code.id for one in problems]


def errors(problems: tuple[Problem, ...]) -> list[Problem]:
    """Only those that keep a site from being built."""
    return [one for one in problems if one.severity is Severity.ERROR]
