"""Settings: what mkdocs.yml may say to Chronicle, and what happens when it says something else."""

from pathlib import Path

import pytest

from generator.problems.problem import Problem
from generator.reading.configuration import read_configuration
from generator.settings import Settings, settings_of


def read(root: Path, text: str) -> tuple[Settings | None, tuple[Problem, ...]]:
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")
    configuration = read_configuration(root / "mkdocs.yml")
    return (
        (None, (configuration,))
        if isinstance(configuration, Problem)
        else settings_of(root, configuration)
    )


def settings(root: Path, text: str) -> Settings:
    found, problems = read(root, text)
    assert problems == ()
    assert found is not None
    return found


def refused(root: Path, text: str) -> list[str]:
    found, problems = read(root, text)
    assert found is None
    assert {one.code.id for one in problems} == {"SET001"}
    return [one.message("zh") for one in problems]


def test_an_empty_file_means_an_internal_site_in_chinese(tmp_path: Path) -> None:
    found = settings(tmp_path, "")
    assert (found.audience, found.language, found.publish_originals) == ("internal", "zh", False)
    assert (found.docs, found.site) == (tmp_path / "docs", tmp_path / "site")


def test_records_photographs_and_cache_have_their_places(tmp_path: Path) -> None:
    found = settings(tmp_path, "")
    assert found.records == tmp_path / "records"
    assert found.photos == tmp_path / "photos"
    assert found.cache == tmp_path / ".cache" / "chronicle"


@pytest.mark.parametrize(
    "plugins",
    [
        "[search, {chronicle: {audience: public, jobs: 2, publish_originals: true}}]",
        "{chronicle: {audience: public, jobs: 2, publish_originals: true}}",
    ],
    ids=["list", "mapping"],
)
def test_plugins_may_be_a_list_or_a_mapping(tmp_path: Path, plugins: str) -> None:
    found = settings(tmp_path, f"plugins: {plugins}\n")
    assert (found.audience, found.jobs, found.publish_originals) == ("public", 2, True)


@pytest.mark.parametrize(
    "plugins", ["[chronicle]", "[search]", "chronicle", "{chronicle: }", "[]", "5"]
)
def test_without_options_the_defaults_hold(tmp_path: Path, plugins: str) -> None:
    assert settings(tmp_path, f"plugins: {plugins}\n") == settings(tmp_path, "")


def test_folders_addresses_and_language_are_those_of_mkdocs(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        "docs_dir: pages\nsite_dir: out/site\nsite_url: https://example.org/\n"
        "repo_url: https://example.org/repo\ntheme: {name: material, language: en}\n",
    )
    assert (found.docs, found.site) == (tmp_path / "pages", tmp_path / "out" / "site")
    assert (found.site_url, found.repo_url) == ("https://example.org/", "https://example.org/repo")
    assert found.language == "en"


def test_a_site_may_lie_elsewhere(tmp_path: Path) -> None:
    assert settings(tmp_path, "site_dir: ../published\n").site == tmp_path / "../published"
    assert settings(tmp_path, "site_dir: /srv/www/site\n").site == Path("/srv/www/site")


@pytest.mark.parametrize(
    "option",
    [
        "audiense: public",
        "audience: everybody",
        "audience: private",
        "audience: [public]",
        "publish_originals: maybe",
        "jobs: viele",
        "jobs: -3",
        "jobs: 1.5",
        "max_seconds: 0",
        "max_megapixels: nan",
    ],
)
def test_an_option_that_means_nothing_is_refused_by_name(tmp_path: Path, option: str) -> None:
    (message,) = refused(tmp_path, f"plugins:\n  - chronicle:\n      {option}\n")
    assert option.partition(":")[0] in message


def test_every_wrong_option_is_named_in_one_run(tmp_path: Path) -> None:
    assert len(refused(tmp_path, "plugins: [{chronicle: {a: 1, b: 2, audience: c}}]\n")) == 3


@pytest.mark.parametrize("options", ["5", "[audience]", "public"])
def test_options_that_are_no_group_are_refused(tmp_path: Path, options: str) -> None:
    assert refused(tmp_path, f"plugins:\n  - chronicle: {options}\n")


@pytest.mark.parametrize(
    "folder", [".", "..", "/", "records", "photos/2020", "docs", "docs/site", "x/../records", "./"]
)
def test_a_site_never_replaces_what_it_is_made_from(tmp_path: Path, folder: str) -> None:
    (message,) = refused(tmp_path, f"site_dir: {folder}\n")
    assert folder in message


@pytest.mark.parametrize(
    "text",
    ["plugins: [\n", "date: 2020-99-99\n", "a: " + "[" * 1500, "a: *b\n", "a: \x00\n"],
    ids=["syntax", "date", "depth", "alias", "nul"],
)
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, text: str) -> None:
    (message,) = refused(tmp_path, text)
    assert str(tmp_path) not in message


def test_bytes_that_are_not_utf_8_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes("site_name: 纪事\n".encode("gbk"))
    assert isinstance(read_configuration(tmp_path / "mkdocs.yml"), Problem)


def test_tags_of_other_programs_are_passed_over_and_run_nothing(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        "site_url: !ENV [SITE_URL, x]\n"
        "markdown_extensions:\n"
        "  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        "      run: !!python/object/apply:os.system ['false']\n",
    )
    assert found.site_url == ""


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        settings(tmp_path, "").jobs = 3  # type: ignore[misc]
