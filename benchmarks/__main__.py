"""Everything in one run: tables on the screen, and a line in the history. `make bench` runs it.

Nothing is asserted of times; a program that did other work than ours gets no ratio.
"""

import argparse
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.check import check
from benchmarks.content import entries_of, make_archive, make_markdown
from benchmarks.large import large
from benchmarks.pages import chronicle, others
from benchmarks.photos import make_photographs, photographs, quality
from benchmarks.results import Result, growth, remember, surroundings, table
from benchmarks.search import search

PARTS = ("check", "pages", "search", "photographs", "memory")
_OF_ARCHIVES = {"check", "pages", "search"}
_FEW_RUNS = 5000
"""From so many entries on one run is enough, unless more are asked for."""


def main() -> None:
    """Measure, print, remember."""
    arguments = _arguments()
    about = surroundings()
    print(", ".join(f"{name} {value}" for name, value in about.items()), flush=True)
    parts: dict[str, list[Result]] = defaultdict(list)
    for part, one in _all(arguments):
        parts[part].append(one)
    for part in ("check", "pages"):
        if parts[part] and len(arguments.sizes) > 1:
            print(f"\n## {part}: growth\n\n{growth(parts[part])}")
    remember(parts, about)


def _all(arguments: argparse.Namespace) -> Iterator[tuple[str, Result]]:
    for days in arguments.sizes if _OF_ARCHIVES & set(arguments.parts) else ():
        with tempfile.TemporaryDirectory(prefix="chronicle-bench-") as name:
            yield from _archive(Path(name), days, arguments)
    with tempfile.TemporaryDirectory(prefix="chronicle-bench-") as name:
        folder = Path(name)
        if "photographs" in arguments.parts:
            runs = arguments.runs or 3
            number, jobs = arguments.photographs, os.cpu_count() or 1
            measured = photographs(folder, number, jobs, runs)
            yield from _shown("photographs", "photographs", measured)
            print(f"\n{quality(make_photographs(folder, number, jobs)[:4])}", flush=True)
        if "memory" in arguments.parts:
            measured = large(folder / "large", arguments.archive_photographs)
            yield from _shown("memory", "photographs", measured)


def _archive(
    folder: Path, days: int, arguments: argparse.Namespace
) -> Iterator[tuple[str, Result]]:
    """All that is measured of one archive."""
    runs = arguments.runs or (1 if days >= _FEW_RUNS else 3)
    root = folder / "archive"
    make_archive(root, days)
    if "check" in arguments.parts:
        yield from _shown("check", "days", check(root, days, arguments.runs or 3))
    if "pages" in arguments.parts or "search" in arguments.parts:
        content = folder / "content"
        make_markdown(root, content)
        entries = entries_of(content)
        measured = list(chronicle(root, entries, days, runs))
        if "pages" in arguments.parts:
            material = days <= arguments.material_up_to
            compared = others(content, entries, measured[0], runs, material)
            yield from _shown("pages", "days", [*measured, *compared])
        if "search" in arguments.parts:
            found = search(root / "site", days, arguments.words, runs)
            yield from _shown("search", "days", found)


def _shown(part: str, size: str, results: Iterable[Result]) -> Iterator[tuple[str, Result]]:
    """Print a table, and hand its results on."""
    measured = list(results)
    print(f"\n## {part}\n\n{table(measured, size)}", flush=True)
    for one in measured:
        yield part, one


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    add = parser.add_argument
    add("--sizes", type=int, nargs="+", default=[100, 1000, 10_000], help="days of the archives")
    add("--runs", type=int, help=f"of each; by default 3, of builds 1 from {_FEW_RUNS} days on")
    add("--parts", nargs="+", choices=PARTS, default=PARTS)
    add("--words", nargs="+", default=["读书角", "的", "1996-03-04"], help="to search for")
    add("--material-up-to", type=int, default=1000, help="days of the largest archive it gets")
    add("--photographs", type=int, default=24, help="of 12 megapixels, to develop")
    add("--archive-photographs", type=int, default=3000, help="small ones, to measure memory")
    return parser.parse_args()


if __name__ == "__main__":
    main()
