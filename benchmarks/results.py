"""Results: what was measured, as tables to read and as lines of a history.

Enter: results. Leave: text. Pure but for `remember`, which adds a line to the history file.
"""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks.measuring import Usage

HISTORY = Path(__file__).parent / "history.jsonl"
"""Not committed: figures of different machines are not to be compared."""

COLUMNS = {
    "seconds": ("clock s", "{:.2f}"),
    "busy": ("CPU s", "{:.2f}"),
    "memory": ("peak MB", "{:.0f}"),
    "pages": ("HTML pages", "{:.0f}"),
    "entries": ("entry pages", "{:.0f}"),
    "made": ("pages written", "{:.0f}"),
    "largest": ("largest page, kB", "{:.0f}"),
    "bytes": ("site, MB", "{:.1f}"),
    "files": ("files", "{:.0f}"),
    "records": ("records", "{:.0f}"),
    "pictures": ("of 1600 px", "{:.0f}"),
    "found": ("found", "{:.0f}"),
    "requests": ("requests", "{:.0f}"),
    "fetched": ("fetched, kB", "{:.0f}"),
    "first": ("to the first result, ms", "{:.0f}"),
    "rate": ("a second", "{:.1f}"),
    "each": ("CPU ms each", "{:.0f}"),
    "weight": ("kB each", "{:.0f}"),
    "clock_ratio": ("clock, times ours", "{:.2f}"),
    "busy_ratio": ("CPU, times ours", "{:.2f}"),
}
"""The values a result may have: heading and form, in the order of columns."""


@dataclass(frozen=True, slots=True)
class Result:
    """One program at one size; `values` are named as in `COLUMNS`."""

    program: str
    size: int
    values: dict[str, float] = field(default_factory=dict)


def result(program: str, size: int, usage: Usage, **more: float) -> Result:
    """What a program cost, and what else is known of it."""
    values = {"seconds": usage.seconds, "busy": usage.busy, "memory": usage.memory / 1e6}
    return Result(program, size, values | more)


def beside(ours: Result, other: Result, count: str) -> Result:
    """The other result, with its ratios to ours where both made as many of `count`.

    What is not the same work has no ratio: the table shows both counts instead.
    """
    if ours.values[count] != other.values[count]:
        return other
    ratios = {
        "clock_ratio": other.values["seconds"] / ours.values["seconds"],
        "busy_ratio": other.values["busy"] / ours.values["busy"],
    }
    return Result(other.program, other.size, other.values | ratios)


def table(results: Sequence[Result], size: str) -> str:
    """A Markdown table, with the columns that any of the results has."""
    used = [name for name in COLUMNS if any(name in one.values for one in results)]
    rows = [[size, "", *(COLUMNS[name][0] for name in used)], ["---"] * (2 + len(used))]
    for one in results:
        shown = (
            COLUMNS[name][1].format(one.values[name]) if name in one.values else "" for name in used
        )
        rows.append([f"{one.size:,}", one.program, *shown])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def growth(results: Iterable[Result]) -> str:
    """What one entry costs at every size, and the ratio of each size to the one before.

    A ratio of 1 is linear growth; above it, a larger archive costs more than its share.
    """
    by_program: dict[str, list[Result]] = {}
    for one in results:
        by_program.setdefault(one.program, []).append(one)
    rows = ["| | CPU ms an entry | ratio of each step |", "|---|---|---|"]
    for program, own in by_program.items():
        costs = [(one.size, 1000 * one.values["busy"] / one.size) for one in own]
        steps = [f"{after[1] / before[1]:.2f}" for before, after in pairwise(costs)]
        shown = ", ".join(f"{size:,}: {cost:.2f}" for size, cost in costs)
        rows.append(f"| {program} | {shown} | {', '.join(steps)} |")
    return "\n".join(rows)


def history_line(parts: Mapping[str, Sequence[Result]], about: Mapping[str, object]) -> str:
    """A run as one line of JSON."""
    plain = {part: [asdict(one) for one in results] for part, results in parts.items()}
    return json.dumps({**about, "results": plain}, ensure_ascii=False) + "\n"


def remember(parts: Mapping[str, Sequence[Result]], about: Mapping[str, object]) -> None:
    """Add a run to the history."""
    with HISTORY.open("a", encoding="utf-8", newline="\n") as stream:
        stream.write(history_line(parts, about))


def surroundings() -> dict[str, object]:
    """When, of which commit and on what machine."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit.stdout.strip(),
        "processors": os.cpu_count(),
        "memory": _memory(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
    }


def _memory() -> str:
    for row in _rows(Path("/proc/meminfo")):
        if row.startswith("MemTotal:"):
            return f"{int(row.split()[1]) / 1e6:.0f} GB"
    return "unknown"


def _rows(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text(encoding="ascii").splitlines()
    except OSError:
        return
