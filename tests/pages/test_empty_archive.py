"""An archive with nothing in it yet: a whole site that says what to do."""

from pathlib import Path

import pytest

from generator.pages.registry import pages
from generator.pages.words import words
from generator.publish.audit import audit
from tests.sites import EMPTY, built, edition, write_archive


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(write_archive(tmp_path_factory.mktemp("empty"), EMPTY))


def test_a_site_without_records_is_whole(site: Path) -> None:
    assert audit(site) == ()


@pytest.mark.parametrize("kind", ["timeline", "members", "donations", "stories", "gallery"])
def test_an_empty_page_says_so_and_invites(site: Path, kind: str) -> None:
    text = (site / kind / "index.html").read_text(encoding="utf-8")
    texts = words("zh", kind)
    assert texts["empty"] in text and texts["empty_action"] in text
    assert 'href="../contribute/index.html"' in text


@pytest.mark.parametrize("kind", ["members", "activities", "donations", "stories", "sources"])
def test_its_tables_are_there_and_empty(site: Path, kind: str) -> None:
    assert (site / "data" / f"{kind}.json").read_bytes() == b"[]\n"
    table = (site / "data" / f"{kind}.csv").read_text(encoding="utf-8-sig")
    assert len(table.splitlines()) <= 1  # the names of its columns


def test_every_kind_of_page_can_be_made_of_nothing(tmp_path: Path) -> None:
    seen = edition(write_archive(tmp_path, EMPTY))
    made = [page.url for page in pages(seen)]
    assert len(made) == len({*made})
    assert {"timeline/index.html", "statistics/coverage.html", "contribute/index.html"} <= {*made}


def test_only_the_title_organisation_and_period_are_needed(tmp_path: Path) -> None:
    least = "title: 纪事\norganisation: 工作组\nperiod: 2020-03\n"
    files = {
        **EMPTY,
        "records/archive.yml": least,
        "docs/index.md": "{{ hero() }}\n\n{{ key_figures() }}\n\n{{ gallery_strip() }}\n\n"
        "{{ team() }}\n\n{{ take_part() }}\n",
    }
    text = (built(write_archive(tmp_path, files)) / "index.html").read_text(encoding="utf-8")
    assert 'class="closing take-part"' in text
    for empty in ('class="key-figures"', 'class="strip-row"', words("zh", "narrative")["team"]):
        assert empty not in text


def test_a_site_in_english_is_empty_in_english(tmp_path: Path) -> None:
    configuration = EMPTY["mkdocs.yml"].replace("language: zh", "language: en")
    site = built(write_archive(tmp_path, {**EMPTY, "mkdocs.yml": configuration}))
    text = (site / "stories" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in text
    assert words("en", "stories")["empty"] in text
