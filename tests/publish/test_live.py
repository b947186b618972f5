"""What a preview answers is what a build writes."""

from pathlib import Path

import pytest

from generator.commands.common import settings_for
from generator.pages.edition import Edition
from generator.pipeline import build, photo_cache, prepare
from generator.publish.engines import engine_of
from generator.publish.live import LiveSite, file_below
from generator.settings import CONFIGURATION, Settings
from tests.sites import copy_shipped, tree

ONLY_BUILT = {"sitemap.xml"}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return settings_for(copy_shipped(tmp_path_factory.mktemp("live") / "archive"))


def live(settings: Settings, folder: Path) -> LiveSite:
    edition = prepare(settings, lambda done, total: None)
    assert isinstance(edition, Edition)
    folder.mkdir()
    rendered = engine_of(settings.engine)(settings.root / CONFIGURATION, edition, folder)
    cache = photo_cache(settings)
    return LiveSite(edition, rendered, lambda url: file_below(folder, url), cache)


def test_every_file_of_a_build_is_answered_byte_for_byte(
    settings: Settings, tmp_path: Path
) -> None:
    outcome = build(settings, tmp_path / "site", lambda step: None, lambda done, total: None)
    assert outcome.succeeded
    built = tree(tmp_path / "site")
    site = live(settings, tmp_path / "written")
    assert len(built) > 100
    different = [url for url, content in built.items() if site.content(url) != content]
    assert set(different) <= ONLY_BUILT


def test_a_page_is_made_without_the_others(settings: Settings, tmp_path: Path) -> None:
    site = live(settings, tmp_path / "written")
    assert site.content("days/2020-03-04.html") is not None
    assert list(site.made) == ["days/2020-03-04.html"]


def test_what_is_nowhere_is_nothing(settings: Settings, tmp_path: Path) -> None:
    site = live(settings, tmp_path / "written")
    assert site.content("nowhere.html") is None
    assert site.content("assets/photos/../../../mkdocs.yml") is None
    assert site.content("../mkdocs.yml") is None
