"""The texts of the interface: complete in both languages, and there for every template."""

import re
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest

from generator.pages.words import words

PACKAGE = Path(__file__).parents[1] / "generator"
OWN = sorted(PACKAGE.rglob("words.toml"))
PAGE_KINDS = sorted(path.name for path in (PACKAGE / "pages").iterdir() if path.is_dir())
HAN = re.compile("[\u4e00-\u9fff]")
LITERAL_KEY = re.compile(r"""(?<![\w.])t\((["'])(\w+)\1\s*[,)]""")
MADE_KEY = re.compile(r"""(?<![\w.])t\((["'])(\w+_)\1\s*~""")


def both(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    texts = tomllib.loads(path.read_text(encoding="utf-8"))
    return texts["zh"], texts["en"]


def shared() -> tuple[dict[str, str], dict[str, str]]:
    zh, en = (
        tomllib.loads((PACKAGE / "words" / f"{language}.toml").read_text(encoding="utf-8"))
        for language in ("zh", "en")
    )
    return zh, en


def places(text: str) -> set[str]:
    """The names between braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def pair_of(name: str) -> tuple[dict[str, str], dict[str, str]]:
    return shared() if name == "words" else both(PACKAGE / name)


_OF_ITS_OWN = "and_more"  # Chinese tells how many in all, English how many besides
NAMES = ["words", *(path.relative_to(PACKAGE).as_posix() for path in OWN)]


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_keys(name: str) -> None:
    """Chinese has no plural: texts of a count of 1 are English alone."""
    zh, en = pair_of(name)
    of_one = {key for key in en if key.endswith("_one") and key.removesuffix("_one") in en}
    assert zh.keys() == en.keys() - of_one
    for key in of_one:
        assert places(en[key]) == places(en[key.removesuffix("_one")])


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_fill_the_same_places(name: str) -> None:
    zh, en = pair_of(name)
    unequal = {
        key: (zh[key], en[key])
        for key in zh
        if places(zh[key]) != places(en[key]) and key != _OF_ITS_OWN
    }
    assert unequal == {}


@pytest.mark.parametrize("name", NAMES)
def test_no_text_is_missing_or_left_in_the_other_language(name: str) -> None:
    zh, en = pair_of(name)
    assert [key for key in zh if bool(zh[key]) != bool(en[key])] == []
    assert [key for key, text in en.items() if HAN.search(text)] == []


@pytest.mark.parametrize("kind", PAGE_KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_that_a_template_names_has_a_text(kind: str, language: Any) -> None:
    texts = words(language, kind)
    for template in (PACKAGE / "pages" / kind).glob("*.html"):
        source = template.read_text(encoding="utf-8")
        named = {match[2] for match in LITERAL_KEY.finditer(source)}
        assert named <= texts.keys(), template.name
        for match in MADE_KEY.finditer(source):
            assert any(key.startswith(match[2]) for key in texts), (template.name, match[0])
