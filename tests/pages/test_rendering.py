"""Rendering: templates mean what Jinja says they mean, and what all pages share is made once."""

from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from generator.archive import statistics
from generator.charts import questions
from generator.charts.bins import Bins
from generator.charts.chart import NARROW, WIDE
from generator.charts.grid import Cell, Grid, Line
from generator.charts.words import words_of
from generator.pages import edition as edition_module
from generator.pages import rendering
from generator.pages.compiling import Templates
from generator.pages.edition import Edition
from generator.pages.registry import pages, sheets, sheets_of_data
from generator.pages.rendering import render
from generator.pages.sheet import CHARTS, FIGURES, RECORDS, pages_of
from generator.pages.view import view_of
from tests.sites import SMALL, edition, write_archive

ROOT = Path(__file__).parents[2]


def bodies(of: Edition) -> dict[str, str]:
    return {page.url: page.body for page in pages(of)}


@pytest.mark.parametrize("small", [True, False])
def test_pages_are_the_same_with_jinjas_own_compiler(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    root = write_archive(tmp_path, SMALL) if small else ROOT
    ours = bodies(edition(root))
    calls: list[object] = []

    class Jinjas(CodeGenerator):
        def visit_Call(self, *given: Any, **named: Any) -> None:
            calls.append(given)
            super().visit_Call(*given, **named)

    monkeypatch.setattr(Templates, "code_generator_class", Jinjas)
    monkeypatch.setattr(rendering, "CompiledTemplates", lambda: None)
    forget_templates()
    try:
        assert bodies(edition(root)) == ours
        assert calls
    finally:
        forget_templates()


def test_figures_charts_and_tables_are_known_without_the_rest_and_no_search_finds_them(
    tmp_path: Path,
) -> None:
    of = edition(write_archive(tmp_path, SMALL))
    data = {one.name: one for one in sheets(of) if one.together in (CHARTS, FIGURES, RECORDS)}
    assert {*data} == {one.name for one in sheets_of_data(of)}
    assert len(data) > 10
    assert not any(page.search for page in pages_of(data.values()))


def forget_templates() -> None:
    rendering._environment.cache_clear()
    rendering._template.cache_clear()


def test_all_pages_of_a_kind_share_a_view_and_the_pieces(tmp_path: Path) -> None:
    seen = edition(write_archive(tmp_path, SMALL))
    view = view_of(seen, "days", "../")
    render(view, "narrative/pull_quote.html", text="")
    pieces = view.remembered["given"]["m"]
    bodies(seen)
    assert view_of(seen, "days", "../") is view
    assert view.remembered["given"]["m"] is pieces


def test_what_all_pages_share_is_worked_out_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: Counter[str] = Counter()

    def count(module: ModuleType, name: str) -> None:
        function = getattr(module, name)

        def counted(*given: object, **named: object) -> object:
            counts[name] += 1
            return function(*given, **named)

        monkeypatch.setattr(module, name, counted)

    for name in ("reconcile", "services"):
        count(edition_module, name)
    count(statistics, "Subjects")
    count(questions, "charts")
    seen = edition(write_archive(tmp_path, SMALL))
    assert [sheet.name for sheet in sheets(seen) for _ in sheet.make()]
    assert counts == {"reconcile": 1, "services": 1, "Subjects": 1, "charts": 1}


def test_a_chart_asks_for_its_lines_once_for_each_grain() -> None:
    asked: list[str] = []
    day = date(2020, 3, 1)

    def lines(bins: Bins) -> list[Line]:
        asked.append(bins.grain)
        return [Line("一", (Cell(0, 2, 1, "三月", "#"),))]

    grid = Grid("g", "问", Markup("答"), "有", "跨", (day, date(2029, 3, 1)), lines)
    for width in (WIDE, NARROW):
        grid.specification(width, words_of("zh"))
    assert len(asked) == len(set(asked))
