"""The cache of drawn charts: what it saves, and what it survives."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from generator.archive.archive import Archive
from generator.archive.statistics import statistics
from generator.charts import drawing
from generator.charts.chart import Chart
from generator.charts.drawing import draw
from generator.charts.questions import charts
from generator.publish.drawings import Drawings, keys_in_use
from tests.charts.archives import month_of_work
from tests.sites import ROOT

MONTH = month_of_work()


def drawn(store: Drawings, archive: Archive = MONTH) -> tuple[Chart, ...]:
    return charts(statistics(archive), "zh", store.draw)


def files(store: Drawings) -> list[Path]:
    return sorted(store.root.rglob("*.svg"))


def nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Markup:
        raise AssertionError("drawn again")

    monkeypatch.setattr(drawing, "draw_seen", refuse)


def test_what_is_unchanged_is_not_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(Drawings(tmp_path))
    assert first == charts(statistics(MONTH), "zh", draw)
    nothing_is_drawn(monkeypatch)
    assert drawn(Drawings(tmp_path)) == first


def test_a_mended_title_draws_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(Drawings(tmp_path))
    mended = [one.model_copy(update={"title": "消杀<后街>"}) for one in MONTH.activities]
    archive = replace(MONTH, activities=tuple(mended))
    anew = charts(statistics(archive), "zh", draw)
    nothing_is_drawn(monkeypatch)
    assert drawn(Drawings(tmp_path), archive) == anew
    assert "&lt;后街&gt;" in "".join(one.wide for one in anew)
    assert [one.wide for one in anew] != [one.wide for one in first]


BUILD_BESIDE = """
import sys
from pathlib import Path
from generator.charts.chart import NARROW, WIDE
from generator.publish.drawer import drawer
from generator.publish.drawings import Drawings

spec = {"name": "work", "description": "", "usermeta": {"title": ""}, "height": 20, "mark": "rect",
        "padding": dict.fromkeys(("left", "right", "top", "bottom"), 1), "data": {"values": [{}]}}
with drawer(likely=True) as ready:
    for width in (WIDE, NARROW):
        print(Drawings(Path(sys.argv[1]), ready).draw(spec, width, "zh"))
    assert "vl_convert" not in sys.modules
for width in (WIDE, NARROW):  # those that were kept
    print(Drawings(Path(sys.argv[1])).draw(spec, width, "zh"))
assert "vl_convert" not in sys.modules
for width in (WIDE, NARROW):  # drawn here
    print(Drawings(Path(sys.argv[1], "elsewhere")).draw(spec, width, "zh"))
"""


@pytest.mark.usefixtures("copies")
def test_a_process_of_its_own_draws_the_same(tmp_path: Path) -> None:
    """In a process where no renderer runs: one with threads of its own is not copied."""
    command = [sys.executable, "-c", BUILD_BESIDE, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    drawn = done.stdout.splitlines()
    assert len(drawn) == 6 and "<svg" in drawn[0]
    assert drawn[:2] == drawn[2:4] == drawn[4:]


def test_the_renderer_is_not_even_loaded_when_nothing_changed(tmp_path: Path) -> None:
    drawn(Drawings(tmp_path))
    code = f"""
import sys
from pathlib import Path
from tests.publish.test_drawings import Drawings, drawn
assert all(one.wide for one in drawn(Drawings(Path({str(tmp_path)!r}))))
sys.exit("vl_convert" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    "damage", [b"", b"<svg/>", b"0" * 64 + b"\n<svg>other</svg>", b"\xff\n\xff"]
)
def test_a_damaged_drawing_is_drawn_again(tmp_path: Path, damage: bytes) -> None:
    store = Drawings(tmp_path)
    first = drawn(store)
    before = {path: path.read_bytes() for path in files(store)}
    for path in files(store):
        path.write_bytes(damage)
    assert drawn(store) == first
    assert {path: path.read_bytes() for path in files(store)} == before


def test_one_changed_letter_is_noticed(tmp_path: Path) -> None:
    store = Drawings(tmp_path)
    first = drawn(store)
    path = files(store)[0]
    path.write_bytes(path.read_bytes().replace(b"#000", b"#111").replace(b"var(--ink)", b"red"))
    assert drawn(store) == first


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "charts").write_bytes(b"a file where the folder should be")
    assert drawn(Drawings(tmp_path / "charts"))[0].wide.startswith("<svg")


def test_pruning_keeps_what_the_records_ask_for(tmp_path: Path) -> None:
    store = Drawings(tmp_path)
    first = drawn(store)
    stray = store.path("ab" + "0" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"old")
    half = stray.with_name(f".{stray.name}.x")
    half.write_bytes(b"half")
    assert store.prune(keys_in_use(MONTH, "zh")) == 0, "written within the last hour"
    assert store.prune(keys_in_use(MONTH, "zh"), grace=-1) == 2
    assert store.content()[0] == 2 * len(first)
    assert store.prune(set(), grace=-1) == 2 * len(first)
    assert store.content() == (0, 0)
