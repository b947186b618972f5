"""Rendering: templates mean what Jinja says they mean, and what all pages share is made once."""

from pathlib import Path

import pytest
from jinja2.compiler import CodeGenerator

from generator.pages import rendering
from generator.pages.compiling import PlainCalls
from generator.pages.edition import Edition
from generator.pages.registry import pages
from generator.pages.rendering import render
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

    def call(self: PlainCalls, *given: object, **named: object) -> None:
        calls.append(given)
        CodeGenerator.visit_Call(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(PlainCalls, "visit_Call", call)
    rendering._environment.cache_clear()
    try:
        assert bodies(edition(root)) == ours
        assert calls
    finally:
        rendering._environment.cache_clear()


def test_all_pages_of_a_kind_share_a_view_and_the_pieces(tmp_path: Path) -> None:
    seen = edition(write_archive(tmp_path, SMALL))
    view = view_of(seen, "days", "../")
    render(view, "narrative/pull_quote.html", text="")
    pieces = view.remembered["given"]["m"]
    bodies(seen)
    assert view_of(seen, "days", "../") is view
    assert view.remembered["given"]["m"] is pieces
