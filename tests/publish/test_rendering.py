"""An engine renders when something that it reads has changed; counted by how often it is asked."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import pipeline
from generator.commands.common import settings_for
from generator.publish.engine import Engine
from generator.publish.engines import engine_of
from generator.publish.rendered import Rendered
from generator.reading import inputs
from generator.settings import Settings
from tests.sites import CONFIGURATION, SMALL, build, different, tree, write_archive

DAY = "records/activities/first-day.yml"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An archive whose home page shows one figure."""
    monkeypatch.setattr(inputs, "_GRAIN_NS", 0)
    home = '# 首页\n\n消杀 {{ figure("buildings") }}。\n'
    return settings_for(write_archive(tmp_path / "archive", {**SMALL, "docs/index.md": home}))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that an engine rendered into."""
    folders: list[Path] = []

    def counted(name: str) -> Engine:
        def render(*given: object) -> Rendered:
            folders.append(given[2])  # type: ignore[arg-type]
            return engine_of(name)(*given)  # type: ignore[arg-type]

        return render

    monkeypatch.setattr(pipeline, "engine_of", counted)
    return folders


def edit(settings: Settings, path: str, old: str, new: str) -> None:
    text = (settings.root / path).read_text(encoding="utf-8")
    assert old in text
    (settings.root / path).write_text(text.replace(old, new), encoding="utf-8")


def test_a_record_that_no_page_asks_for_renders_nothing(
    settings: Settings, asked: list[Path], tmp_path: Path
) -> None:
    build(settings, settings.site)
    edit(settings, DAY, "第一天", "头一天")
    assert "days/2020-03-02.html" in build(settings, settings.site).made
    assert len(asked) == 1
    build(settings, tmp_path / "clean")
    assert different(tree(settings.site), tree(tmp_path / "clean")) == []


def a_figure(settings: Settings) -> Settings:
    edit(settings, DAY, "406", "407")
    return settings


def the_title(settings: Settings) -> Settings:
    edit(settings, "records/archive.yml", "title: 巷里纪事", "title: 巷外纪事")
    return settings


def the_configuration(settings: Settings) -> Settings:
    edit(settings, "mkdocs.yml", "数字: statistics", "数目: statistics")
    return settings


def a_new_page(settings: Settings) -> Settings:
    write_archive(settings.root, {"docs/about.md": "# 关于\n"})
    return settings


def a_new_picture(settings: Settings) -> Settings:
    write_archive(settings.root, {"docs/map.svg": "<svg/>"})
    return settings


def for_others(settings: Settings) -> Settings:
    return replace(settings, audience="public")


def what_lies_in_the_site(settings: Settings) -> Settings:
    (settings.site / "404.html").write_text("别的", encoding="utf-8")
    return settings


CHANGES = [
    a_figure, the_title, the_configuration, a_new_page, a_new_picture, for_others,
    what_lies_in_the_site,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_of_what_it_reads_the_engine_renders(
    settings: Settings,
    asked: list[Path],
    tmp_path: Path,
    change: Callable[[Settings], Settings],
) -> None:
    build(settings, settings.site)
    changed = change(settings)
    build(changed, settings.site)
    assert len(asked) == 2
    build(changed, tmp_path / "clean")
    assert different(tree(settings.site), tree(tmp_path / "clean")) == []


@pytest.mark.parametrize("added", ["hooks: [hook.py]", "extra: {version: !ENV VERSION}"])
def test_where_others_have_a_say_the_engine_renders_every_time(
    settings: Settings, asked: list[Path], added: str
) -> None:
    write_archive(settings.root, {"mkdocs.yml": f"{CONFIGURATION}{added}\n", "hook.py": ""})
    build(settings, settings.site)
    build(settings, settings.site)
    assert len(asked) == 2


def test_what_has_just_been_written_is_not_remembered(
    settings: Settings, asked: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "_GRAIN_NS", 60_000_000_000)
    build(settings, settings.site)
    build(settings, settings.site)
    assert len(asked) == 2
