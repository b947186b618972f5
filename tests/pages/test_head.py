"""What stands in a page's head: descriptions for machines that no text can break out of."""

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from generator.pages.edition import Edition
from generator.pages.head import head_of
from generator.pages.registry import pages
from generator.photos.plan import Picture
from generator.problems.problem import Language
from tests.sites import SMALL, edition, write_archive

TRAPS = (
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    '"/><meta http-equiv="refresh" content="0">',
    "'\" onload='x'",
    "a & b &amp; c",
    "\u2028\u2029",
)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(write_archive(tmp_path_factory.mktemp("archive"), SMALL))


def linked_data(head: str) -> dict[str, Any]:
    (block,) = re.findall('<script type="application/ld[+]json">(.*?)</script>', head, re.DOTALL)
    document: dict[str, Any] = json.loads(block)
    return document


def properties(head: str) -> dict[str, str]:
    found = re.findall('<meta property="([^"]*)" content="([^"]*)">', head)
    return {name: unescape(content) for name, content in found}


@pytest.mark.parametrize("trap", TRAPS)
def test_no_text_breaks_out_of_the_head(seen: Edition, trap: str) -> None:
    head = head_of(seen, "a.html", trap, trap, None, {"headline": trap})
    assert head.count("<script") == head.count("</script") == 1
    assert not re.search("<(?!script|/script|meta property)", head)
    document = linked_data(head)
    assert document["name"] == document["description"] == document["headline"] == trap
    assert properties(head)["og:title"] == trap


def test_every_page_has_title_description_and_linked_data(seen: Edition) -> None:
    for page in pages(seen):
        assert page.title.strip(), page.url
        assert page.description.strip(), page.url
        assert linked_data(page.head)["@context"] == "https://schema.org", page.url
        assert properties(page.head).keys() >= {"og:title", "og:description", "og:locale"}


def test_each_kind_of_page_says_what_it_is_about(seen: Edition) -> None:
    kinds = {page.url: linked_data(page.head) for page in pages(seen)}
    assert (
        kinds["days/2020-03-04.html"] | {"@type": "Event", "startDate": "2020-03-04"}
        == (kinds["days/2020-03-04.html"])
    )
    assert kinds["members/zhangsan.html"]["@type"] == "Person"
    assert kinds["members/zhangsan.html"]["jobTitle"] == "组长"


def test_without_an_address_nothing_absolute_is_said(seen: Edition) -> None:
    head = head_of(seen, "a.html", "题", "述", None, {})
    assert "canonical" not in head
    assert "og:url" not in properties(head)


def test_with_an_address_the_page_says_where_it_is(seen: Edition) -> None:
    there = replace(seen, site_url="https://example.org/chronicle/")
    head = head_of(there, "days/a.html", "题", "述", None, {})
    address = "https://example.org/chronicle/days/a.html"
    assert f'<link rel="canonical" href="{address}">' in head
    assert properties(head)["og:url"] == address


def test_the_language_is_named(seen: Edition) -> None:
    languages: tuple[tuple[Language, str, str], ...] = (
        ("zh", "zh-CN", "zh_CN"),
        ("en", "en", "en"),
    )
    for language, name, locale in languages:
        head = head_of(replace(seen, language=language), "a.html", "题", "述", None, {})
        assert linked_data(head)["inLanguage"] == name
        assert properties(head)["og:locale"] == locale


def test_a_picture_is_named_only_with_an_address(tmp_path: Path) -> None:
    files = {
        **SMALL,
        "records/activities/patrol.yml": "date: 2020-03-09\ntitle: 巡查\ntask: delivery\n"
        "photos: [{id: patrol, caption: 图, alt: 替代, file: patrol.jpg}]\n",
    }
    seen = edition(write_archive(tmp_path, files))
    developed = Picture("key", 4, 3, (), colour="#ffffff", preview="preview.jpg")
    seen = replace(seen, pictures={"patrol": developed})
    one = seen.archive.photograph["patrol"]
    assert "og:image" not in properties(head_of(seen, "a.html", "题", "述", one, {}))
    there = replace(seen, site_url="https://example.org")
    found = properties(head_of(there, "a.html", "题", "述", one, {}))
    assert found["og:image"] == "https://example.org/assets/photos/preview.jpg"
    assert found["og:image:alt"] == "替代"
