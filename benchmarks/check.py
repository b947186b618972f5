"""`chronicle check` beside check-jsonschema, on the records and schemas of the same archive.

Ours does more on the way: references, dates, vocabularies, and a line and column for every finding.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measuring import Usage, repeated, run, settle
from benchmarks.results import Result, beside, result

_FOLDERS = {
    "activity": "activities",
    "donation": "donations",
    "member": "members",
    "source": "sources",
    "story": "stories",
}


def check(root: Path, days: int, runs: int) -> Iterator[Result]:
    """Cold, with nothing changed, after one edit, and the other program."""
    command = [sys.executable, "-m", "generator", "check", "--format", "json", "--root", str(root)]
    files = {
        kind: sorted(map(str, (root / "records" / folder).rglob("*.yml")))
        for kind, folder in _FOLDERS.items()
    }
    number = sum(map(len, files.values()))

    def once() -> Usage:
        return run(command, root, allowed=(0, 1))

    def edit() -> None:
        with Path(files["activity"][days // 2]).open("a", encoding="utf-8") as stream:
            stream.write("# x\n")
        settle()

    settle()
    cold = repeated(runs, once, lambda: shutil.rmtree(root / ".cache", ignore_errors=True))
    ours = result("chronicle check, cold", days, cold, records=number)
    yield ours
    yield result("chronicle check, nothing changed", days, repeated(runs, once))
    yield result("chronicle check, one entry edited", days, repeated(runs, once, edit))
    if program := _program():
        schemas = root / "records" / "schemas"
        usage = repeated(runs, lambda: _others(program, schemas, files, root))
        yield beside(ours, result("check-jsonschema", days, usage, records=number), "records")


def _others(program: str, schemas: Path, files: dict[str, list[str]], where: Path) -> Usage:
    """One run for each kind, all added up."""
    usages = [
        run(
            [program, "--quiet", "--schemafile", str(schemas / f"{kind}.schema.json"), *names],
            where,
            allowed=(0, 1),
        )
        for kind, names in files.items()
    ]
    return Usage(
        sum(one.seconds for one in usages),
        sum(one.busy for one in usages),
        max(one.memory for one in usages),
    )


def _program() -> str | None:
    name = "check-jsonschema"
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
