"""The forms of the contribute pages: made of the record models, and nothing left out."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from generator.kinds.fields import ClockTime
from generator.kinds.photo import Photo
from generator.kinds.registry import KINDS, Kind
from generator.kinds.validation import models_in
from generator.pages.contribute.fields import Field, fields_of, references
from generator.pages.contribute.forge import forge_of
from generator.pages.contribute.page import FORMS, pages, url_of
from generator.pages.page import Page
from generator.pages.words import words
from generator.problems.problem import Language
from tests.sites import SMALL, edition, write_archive

LANGUAGES: tuple[Language, ...] = ("zh", "en")
EACH_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from every(field.fields)


def named(name: str, fields: tuple[Field, ...]) -> Field:
    return next(one for one in fields if one.name == name)


def form(kind_name: str, language: Language = "zh") -> tuple[Field, ...]:
    return fields_of(next(kind.model for kind in KINDS if kind.name == kind_name), language)


def same_fields(model: type[BaseModel], fields: tuple[Field, ...]) -> None:
    """The form asks for what the model has, asks for it as firmly, and so on inside."""
    own = {name: one for name, one in model.model_fields.items() if name not in ("id", "path")}
    if not issubclass(model, KINDS[0].model.__mro__[1]):
        own = dict(model.model_fields)
    own = {name: one for name, one in own.items() if name not in ("allow", "withdrawn")}
    assert {one.name: one.required for one in fields} == {
        name: field.is_required() for name, field in own.items()
    }
    for one in fields:
        inner = next(models_in(model.model_fields[one.name].annotation), None)
        assert bool(one.fields) == (inner is not None)
        if inner:
            same_fields(inner, one.fields)


@EACH_KIND
def test_a_form_has_every_field_of_its_model_and_no_other(kind: Kind) -> None:
    same_fields(kind.model, fields_of(kind.model, "zh"))


def test_every_record_kind_has_a_form() -> None:
    assert set(FORMS) == set(KINDS)


WIDGETS = {
    "activity": {
        "date": "date", "time": "time", "title": "line", "task": "choice", "members": "picks",
        "reported_by": "picks", "place": "line", "summary": "text", "figures": "parts",
        "photos": "parts", "quotes": "parts", "sources": "picks", "tags": "lines",
        "visibility": "choice",
    },
    "donation": {"donor": "group", "items": "parts", "distributions": "parts", "via": "picks"},
    "story": {"teller": "group", "consent": "group", "text": "text"},
    "member": {"joined": "date", "aliases": "lines", "portrait": "group", "unit": "line"},
    "source": {"kind": "choice", "url": "line", "claims": "parts"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "name", "widget"),
    [(kind, name, widget) for kind, those in WIDGETS.items() for name, widget in those.items()],
)
def test_a_field_is_typed_as_its_type_asks(kind: str, name: str, widget: str) -> None:
    assert named(name, form(kind)).widget == widget


def test_the_fields_of_a_photograph_are_typed_as_their_types_ask() -> None:
    photo = named("photos", form("activity")).fields
    assert {one.name: one.widget for one in photo if one.widget not in ("line", "text")} == {
        "pending": "tick",
        "decorative": "tick",
        "illustration": "tick",
        "taken": "date",
        "people": "lines",
        "consent": "group",
        "focus": "numbers",
        "redact": "numbers",
        "visibility": "choice",
    }


def test_numbers_carry_their_intervals() -> None:
    photo = named("portrait", form("member")).fields
    focus, redact = named("focus", photo), named("redact", photo)
    assert (focus.bounds, focus.many) == ("[0,1] [0,1]", False)
    assert (redact.bounds, redact.many) == ("[0,1) [0,1) (0,1] (0,1]", True)


def test_what_a_record_refers_to_is_found_by_asking_it() -> None:
    assert references(KINDS[1].model) == {
        ("task",): "task",
        ("members",): "member",
        ("reported_by",): "member",
        ("sources",): "source",
        ("figures", "measure"): "measure",
    }


def test_a_members_unit_is_free_text_and_an_items_unit_is_not() -> None:
    item = named("items", form("donation")).fields
    assert named("unit", form("member")).refers == ""
    assert named("unit", item).refers == "unit"


def test_free_text_may_still_suggest() -> None:
    assert named("place", form("activity")).suggests == "place"
    assert named("people", named("photos", form("story")).fields).suggests == "member"


def test_limits_of_a_field_come_with_it() -> None:
    source = form("source")
    assert named("title", source).longest == 300
    assert named("url", source).pattern.startswith("^https?://")
    pattern = next(one.pattern for one in get_args(ClockTime) if hasattr(one, "pattern"))
    assert named("time", form("activity")).pattern == pattern
    value = named("value_cny", named("items", form("donation")).fields)
    assert value.pattern == r"^[0-9]{1,13}(\.[0-9]{1,2})?$"


def test_a_group_with_many_fields_shows_the_important_ones() -> None:
    photos = named("photos", form("activity"))
    assert [one.name for one in photos.shown] == ["file", "pending", "caption", "alt"]
    assert len(photos.shown) + len(photos.folded) == len(Photo.model_fields) - 1  # withdrawn


@EACH_KIND
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_a_short_text_for_people(kind: Kind, language: Language) -> None:
    for field in every(fields_of(kind.model, language)):
        assert 0 < len(field.label) <= 45, field
        assert field.label != field.name, field
        assert not {"archive.yml", "true", "public"} & set(field.label.split()), field


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_has_words(language: Language) -> None:
    texts = words(language, "contribute")
    for kind in KINDS:
        for model in (kind.model, *{one for f in kind.model.model_fields.values()
                                    for one in models_in(f.annotation)}):  # fmt: skip
            for field in model.model_fields.values():
                for value in literals(field.annotation):
                    assert f"choice_{value}" in texts


def literals(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    for argument in get_args(annotation):
        yield from literals(argument)


# Pages -------------------------------------------------------------------------------------------


class Outline(HTMLParser):
    """Ids, and every reference to one, of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: list[str] = []
        self.controls: list[str] = []
        self.labelled: list[str] = []
        self.handlers: list[str] = []
        self.inline = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        for name in ("for", "aria-describedby", "aria-labelledby", "list"):
            self.wanted += (given.get(name) or "").split()
        if tag in ("input", "select", "textarea") and given.get("type") != "checkbox":
            self.controls.append(given.get("id") or "")
        if tag == "label" and given.get("for"):
            self.labelled.append(given["for"] or "")
        self.handlers += [name for name in given if name.startswith("on")]
        self.inline += tag == "script" and "src" not in given


def pages_of(root: Path, **changes: object) -> dict[str, Page]:
    return {page.url: page for page in pages(edition(root, **changes))}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return pages_of(write_archive(tmp_path_factory.mktemp("small"), SMALL))


def test_each_kind_has_an_address_of_its_own(small: dict[str, Page]) -> None:
    assert list(small) == [
        "contribute/index.html",
        "contribute/donation.html",
        "contribute/story.html",
        "contribute/member.html",
        "contribute/source.html",
    ]


def test_plain_links_lead_from_form_to_form(small: dict[str, Page]) -> None:
    for page in small.values():
        for kind in FORMS:
            assert f'href="../{url_of(kind)}"' in page.body
        assert page.body.count('aria-current="page"') == 1


def test_ids_are_unique_and_every_reference_finds_one(small: dict[str, Page]) -> None:
    for page in small.values():
        outline = Outline(page.body)
        assert len(set(outline.ids)) == len(outline.ids)
        assert set(outline.wanted) <= set(outline.ids)


def test_every_control_has_a_label(small: dict[str, Page]) -> None:
    for page in small.values():
        outline = Outline(page.body)
        assert set(outline.controls) <= set(outline.labelled)


def test_no_script_stands_in_the_page(small: dict[str, Page]) -> None:
    for page in small.values():
        outline = Outline(page.body)
        assert (outline.inline, outline.handlers) == (0, [])


def test_the_forms_know_the_archives_own_terms(small: dict[str, Page]) -> None:
    activity = small["contribute/index.html"].body
    for shown in ("张三", "李四", "消杀", "物资运送", "消杀楼栋（栋）", "侧记"):
        assert shown in activity
    assert "份" in small["contribute/donation.html"].body
    assert "第一批" in small["contribute/member.html"].body


def test_the_forms_know_which_names_are_taken(small: dict[str, Page]) -> None:
    assert "&#34;parcels&#34;" in small["contribute/index.html"].body
    assert "&#34;melons&#34;" in small["contribute/donation.html"].body


def test_whom_the_audience_may_not_see_is_in_no_form(tmp_path: Path) -> None:
    hidden = {
        **SMALL,
        "records/members/zhaoliu.yml": "name: 赵六\nrole: 组员\nvisibility: private\n",
        "records/members/wangwu.yml": "name: 王五\nrole: 组员\nname_visibility: internal\n",
    }
    for page in pages_of(write_archive(tmp_path, hidden), audience="public").values():
        assert not any(one in page.body for one in ("赵六", "zhaoliu", "王五"))


def test_an_english_archive_has_english_forms(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    body = pages_of(root, language="en")["contribute/index.html"].body
    assert "Who took part" in body
    assert "What happened" in body


# Forges ------------------------------------------------------------------------------------------

NEW_FILE = {
    "https://github.com/org/repo": "https://github.com/org/repo/new/main?filename={path}&value={text}",
    "https://github.com/org/repo.git/": "https://github.com/org/repo/new/main?filename={path}&value={text}",
    "https://git.example.org/org/repo": "https://git.example.org/org/repo/_new/main?filename={path}&value={text}",
    "http://10.0.0.5:3000/a/b/": "http://10.0.0.5:3000/a/b/_new/main?filename={path}&value={text}",
    "https://gitlab.example.org/a/b/c": "https://gitlab.example.org/a/b/c/-/new/main?file_name={path}",
}  # fmt: skip


@pytest.mark.parametrize(("repo_url", "address"), NEW_FILE.items())
def test_a_forge_opens_a_new_file(repo_url: str, address: str) -> None:
    forge = forge_of(repo_url)
    assert forge is not None
    assert forge.start + forge.named + forge.filled == address


@pytest.mark.parametrize("repo_url", ["", "git@github.com:org/repo", "file:///srv/repo"])
def test_without_a_web_address_there_is_no_forge(repo_url: str) -> None:
    assert forge_of(repo_url) is None


def test_a_form_offers_the_forge_only_where_there_is_one(tmp_path: Path) -> None:
    root = write_archive(tmp_path, SMALL)
    link = 'href="https://git.example.org/a/b/_new/main"'
    assert link not in pages_of(root)["contribute/index.html"].body
    with_forge = pages_of(root, repo_url="https://git.example.org/a/b")
    assert link in with_forge["contribute/story.html"].body
