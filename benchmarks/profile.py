"""Where the time of a cold build and of one after an edit goes, at one size.

Samples of all processes, twenty a second, as py-spy takes them. A place's share is that of all
samples in which it stood anywhere on the stack: shares of callers hold those of the called.

Usage: python -m benchmarks.profile [days]    (default: 10000)
"""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.content import make_archive
from benchmarks.measuring import settle

_ROWS = 25
_RATE = 20


def main(days: int) -> None:
    """Print the largest shares of both builds."""
    with tempfile.TemporaryDirectory(prefix="chronicle-bench-") as name:
        root = Path(name) / "archive"
        make_archive(root, days)
        settle()
        _show(f"cold build, {days:,} days", root)
        path = sorted(root.glob("records/activities/*/*.yml"))[days // 2]
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\ntitle: ", "\ntitle: 改", 1), encoding="utf-8")
        settle()
        _show(f"one entry edited, {days:,} days", root)


def _show(title: str, root: Path) -> None:
    raw = root.parent / "samples.txt"
    build = [sys.executable, "-m", "generator", "build", "--root", str(root)]
    spy = [str(Path(sys.executable).with_name("py-spy")), "record", "--subprocesses"]
    how = ["--rate", str(_RATE), "--nonblocking", "--format", "raw", "--output", str(raw)]
    repository = Path(__file__).parents[1]
    subprocess.run([*spy, *how, "--", *build], cwd=repository, check=True, capture_output=True)
    samples = raw.read_text(encoding="utf-8").splitlines()
    print(f"\n## {title}: {sum(map(_number, samples)) / _RATE:.0f} s of samples\n")
    for place, share in list(costs(samples).items())[:_ROWS]:
        print(f"{share:6.1%}  {place}")


def costs(samples: Iterable[str]) -> dict[str, float]:
    """The share of each function of this program, largest first.

    Args:
        samples: Stacks as py-spy writes them, `outer (file:line);inner (file:line) number`.
    """
    passed: Counter[str] = Counter()
    whole = 0
    for sample in samples:
        number = _number(sample)
        whole += number
        for place in {_place(frame) for frame in sample.rpartition(" ")[0].split(";")}:
            if "generator/" in place:
                passed[place] += number
    return {place: number / whole for place, number in passed.most_common()}


def _number(sample: str) -> int:
    return int(sample.rpartition(" ")[2])


def _place(frame: str) -> str:
    """`name file`, without the line."""
    name, _, place = frame.partition(" (")
    return f"{name} {place.rstrip(')').rpartition(':')[0]}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
