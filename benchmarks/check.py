"""Times `chronicle check` beside check-jsonschema on the same records, in one run.

Prints medians of several runs and their ratios; asserts nothing. `chronicle check` does more on the
way: references, dates, vocabularies, and a line and column for every finding.

Usage: python -m benchmarks.check [activities ...]    (default: 1000 10000)
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.records import make_archive

_RUNS = 3
_BIN = Path(sys.executable).parent


def main(sizes: Sequence[int]) -> None:
    """One table row for every size."""
    print("| records | check, cold | check, nothing changed | check-jsonschema | ratio cold |")
    print("|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="chronicle-bench-") as name:
            root = Path(name)
            make_archive(root, size)
            _run([str(_BIN / "chronicle"), "schema", "--root", str(root)])
            cold, warm, other = _times(root)
        ratio = f"{other / cold:.1f} times faster" if other else "not installed"
        shown = f"{other:.2f} s" if other else "–"
        print(f"| {size} | {cold:.2f} s | {warm:.2f} s | {shown} | {ratio} |", flush=True)


def _times(root: Path) -> tuple[float, float, float]:
    """Medians in seconds: cold, nothing changed, and check-jsonschema (0 when not installed)."""
    check = [str(_BIN / "chronicle"), "check", "--format", "json", "--root", str(root)]
    cold = _median(lambda: _run(check), before=lambda: shutil.rmtree(root / ".cache", True))
    warm = _median(lambda: _run(check))
    tool = shutil.which("check-jsonschema", path=str(_BIN)) or shutil.which("check-jsonschema")
    if tool is None:
        return cold, warm, 0.0
    schema = root / "records" / "schemas" / "activity.schema.json"
    files = sorted(map(str, (root / "records" / "activities").rglob("*.yml")))
    other = [tool, "--quiet", "--schemafile", str(schema), *files]
    return cold, warm, _median(lambda: _run(other), runs=1 if len(files) > 2000 else _RUNS)


def _median(
    action: Callable[[], None], before: Callable[[], object] | None = None, runs: int = _RUNS
) -> float:
    seconds = []
    for _ in range(runs):
        if before is not None:
            before()
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode('utf-8', 'replace')[-400:]}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1000, 10_000])
