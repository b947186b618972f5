"""Texts that templates and pages ask for by other means than a plain key in their own folder."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from generator.archive.claims import Verdict
from generator.kinds.consent import ConsentStatus
from generator.kinds.donation import DonorKind
from generator.pages.page import File
from generator.pages.search import page as search
from generator.pages.words import words
from generator.problems.problem import Language
from tests.sites import SMALL, edition, write_archive

PAGES = Path(__file__).parents[2] / "generator" / "pages"
THEME = Path(__file__).parents[2] / "generator" / "publish" / "theme"
LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
SHARED = sorted((PAGES / "shared").glob("*.html"))
KINDS_THAT_SHARE = sorted(
    path.parent.name for path in PAGES.glob("*/*.html") if '"shared/' in path.read_text("utf-8")
)
MADE = {
    ("statistics", "verdict_"): get_args(Verdict),
    ("donations", "donor_"): get_args(DonorKind),
    ("stories", "consent_"): get_args(ConsentStatus),
}


@LANGUAGES
@pytest.mark.parametrize(("kind", "prefix"), MADE)
def test_every_case_of_a_made_key_has_its_text(language: Language, kind: str, prefix: str) -> None:
    texts = words(language, kind)
    published = {"refused", "withdrawn"}  # stories of which no page is made
    wanted = {f"{prefix}{case}" for case in MADE[kind, prefix] if case not in published}
    assert wanted <= texts.keys()


@LANGUAGES
@pytest.mark.parametrize("kind", sorted({*KINDS_THAT_SHARE}))
def test_what_shared_templates_ask_for_is_there_for_every_page_kind(
    language: Language, kind: str
) -> None:
    texts = words(language, kind)
    for template in SHARED:
        asked = {*re.findall(r"""(?<![\w.])t\(["'](\w+)["']""", template.read_text("utf-8"))}
        # Conditional keys stand after `t(`: `t("a" if x else "b")`.
        asked |= {*re.findall(r"""t\("\w+" if [^)]*? else "(\w+)\"""", template.read_text("utf-8"))}
        assert asked <= texts.keys(), template.name


@LANGUAGES
@pytest.mark.parametrize("kind", sorted(path.parent.name for path in PAGES.glob("*/page.py")))
def test_what_a_page_asks_for_in_its_code_is_there(language: Language, kind: str) -> None:
    texts = words(language, kind)
    source = "".join(path.read_text("utf-8") for path in (PAGES / kind).glob("*.py"))
    assert {*re.findall(r"""(?<![\w])(?:view\.)?t\("(\w+)"[,)]""", source)} <= texts.keys()


@LANGUAGES
def test_what_the_frame_asks_for_is_there(language: Language) -> None:
    texts = words(language)
    made_of_the_archive = {
        *("mark", "search", "language", "site_name", "footer", "typography"),
        *("has_colours", "has_feeds", "policy"),
    }
    for template in THEME.rglob("*.html"):
        asked = {*re.findall(r"\bwords\.(\w+)", template.read_text("utf-8"))}
        assert asked - made_of_the_archive <= texts.keys(), template.name


def test_the_search_is_handed_all_that_it_says(tmp_path: Path) -> None:
    script = (PAGES.parent / "assets" / "search.js").read_text("utf-8")
    asked = {"loading", *re.findall(r"""say\("(\w+)\"""", script)}
    _, file = search.pages(edition(write_archive(tmp_path, SMALL)))
    assert isinstance(file, File)
    handed = re.fullmatch(r'chronicleSearch\.part\("words",(.*)\);\n', file.content.decode())
    assert handed is not None
    texts = json.loads(handed[1])
    assert asked <= texts.keys()
    assert {"day", "member", "donation", "story", "photo", "page"} == texts["kinds"].keys()
    header = (THEME / "partials" / "header.html").read_text("utf-8")
    assert {"loading", "failed", "results"} <= {*re.findall(r"data-(\w+)=", header)}


@LANGUAGES
def test_a_missing_text_is_a_fault_and_never_an_empty_place(language: Language) -> None:
    from generator.pages.words import translator

    with pytest.raises(KeyError):
        translator(language, "days")("no_such_text")
