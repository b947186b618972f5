"""What `make bench` makes of its measurements. No time is asserted here."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks.content import entries_of, entry_pages, make_archive, make_markdown
from benchmarks.measuring import Usage, median, run
from benchmarks.profile import costs
from benchmarks.results import Result, beside, growth, history_line, result, table
from generator.commands.common import settings_for
from generator.pipeline import build


def test_of_several_runs_the_median_time_and_the_most_memory_are_kept() -> None:
    assert median([Usage(3, 30, 1), Usage(1, 50, 9), Usage(2, 10, 4)]) == Usage(2, 30, 9)


def test_a_program_that_fails_ends_the_run_with_its_message(tmp_path: Path) -> None:
    failing = [sys.executable, "-c", "raise SystemExit('no such thing')"]
    with pytest.raises(SystemExit, match="no such thing"):
        run(failing, tmp_path)


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory as Linux tells it")
def test_memory_is_that_of_a_process_and_its_children_together(tmp_path: Path) -> None:
    hold = "import time; held = b'x' * 50_000_000; time.sleep(1)"
    both = f"import subprocess, sys; held = b'x' * 50_000_000; subprocess.run([sys.executable, '-c', \"{hold}\"])"
    assert run([sys.executable, "-c", both], tmp_path).memory > 100_000_000


def test_a_ratio_is_given_only_for_the_same_work() -> None:
    ours = result("ours", 100, Usage(2, 4, 0), entries=140)
    other = beside(ours, result("other", 100, Usage(3, 2, 0), entries=140), "entries")
    assert (other.values["clock_ratio"], other.values["busy_ratio"]) == (1.5, 0.5)
    less = result("other", 100, Usage(3, 2, 0), entries=139)
    assert beside(ours, less, "entries") == less


def test_a_table_has_the_columns_that_occur_in_their_order() -> None:
    rows = [Result("a", 1000, {"pages": 3, "busy": 1.5}), Result("b", 1000, {"busy": 2})]
    assert table(rows, "days").splitlines() == [
        "| days |  | CPU s | HTML pages |",
        "| --- | --- | --- | --- |",
        "| 1,000 | a | 1.50 | 3 |",
        "| 1,000 | b | 2.00 |  |",
    ]


def test_growth_is_the_cost_of_an_entry_from_size_to_size() -> None:
    rows = [Result("a", 100, {"busy": 1}), Result("a", 1000, {"busy": 5})]
    assert growth(rows).splitlines()[-1] == "| a | 100: 10.00, 1,000: 5.00 | 0.50 |"


def test_a_run_is_one_line_of_history() -> None:
    line = history_line({"pages": [Result("a", 100, {"busy": 1.0})]}, {"commit": "abc"})
    assert line.count("\n") == 1
    assert json.loads(line) == {
        "commit": "abc",
        "results": {"pages": [{"program": "a", "size": 100, "values": {"busy": 1.0}}]},
    }


@pytest.mark.parametrize("page", ["days/2020-03-xx.html", "days/2020-03-xx/index.html"])
def test_a_page_of_an_entry_is_known_wherever_a_program_puts_it(page: str, tmp_path: Path) -> None:
    for name in ("index.html", "days/index.html", "days/2020-03.html", page):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert entry_pages(tmp_path, frozenset({"days/2020-03-xx", "days/2020-03-04"})) == 1


def test_others_get_one_file_for_every_entry_page_of_ours(tmp_path: Path) -> None:
    root, folder = tmp_path / "archive", tmp_path / "content"
    make_archive(root, 40)
    make_markdown(root, folder)
    quiet = settings_for(root), tmp_path / "site", lambda step: None, lambda done, total: None
    outcome = build(*quiet)
    assert outcome.succeeded
    entries = entries_of(folder)
    assert entry_pages(tmp_path / "site", entries) == len(entries) > 40


def test_samples_of_a_profile_count_once_for_each_place_they_passed() -> None:
    samples = [
        "main (generator/__main__.py:3);build (generator/pipeline.py:9);loads (json/decoder.py:1) 6",
        "main (generator/__main__.py:3);build (generator/pipeline.py:9) 2",
        "main (generator/__main__.py:3);main (generator/__main__.py:5) 2",
    ]
    assert costs(samples) == {"main generator/__main__.py": 1.0, "build generator/pipeline.py": 0.8}
