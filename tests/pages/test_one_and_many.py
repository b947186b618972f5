"""English tells one from several: no page of an archive with one of everything says “1 records”."""

import re
from pathlib import Path

import pytest

from generator.pages.registry import pages
from generator.pages.words import translator
from tests.sites import ARCHIVE, CONFIGURATION, SMALL, edition, write_archive

ONE_OF_EACH = {
    **{name: text for name, text in SMALL.items() if name.count("/") == 1},
    "mkdocs.yml": CONFIGURATION.replace("language: zh", "language: en"),
    "records/archive.yml": ARCHIVE.replace("2020-02-26/2020-03-31", "2020-03-01/2020-03-02"),
    "records/members/someone.yml": "role: cook\nbatch: first\n",
    "records/activities/first-day.yml": (
        "date: 2020-03-02\ntitle: Soup\ntask: delivery\nmembers: [someone]\n"
        "photos: [{id: soup, file: soup.jpg, caption: Soup}]\n"
        "figures: [{measure: weight, value: 1}]\nsources: [article]\n"
    ),
    "records/donations/melons.yml": (
        "date: 2020-03-02\ndonor: {name: A farm, kind: organisation}\nitems: [{item: melon}]\n"
    ),
    "records/stories/thanks.yml": (
        "date: 2020-03-02\ntitle: Thanks\nteller: {}\ntext: Thank you.\n"
        "consent: {status: not_needed, audience: public}\n"
    ),
    "records/sources/article.yml": SMALL["records/sources/article.yml"],
}
WRONG = re.compile(
    r"(?<![\d.,/-])\b1 (?:more )?(?!has|is|lies|covers|falls|lists|names)(?:[a-z]+s|people|are|have)\b"
)
UNSEEN = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


def spoken(page: str) -> str:
    """What is read on a page, seen or not."""
    told = re.findall(r'(?:aria-label|alt|content)="([^"]*)"', page)
    return "\n".join([*told, UNSEEN.sub("", page)])


def test_no_page_of_an_archive_with_one_of_each_says_one_things(tmp_path: Path) -> None:
    made = list(pages(edition(write_archive(tmp_path, ONE_OF_EACH))))
    assert len(made) > 12
    found = {page.url: WRONG.findall(spoken(page.body) + page.description) for page in made}
    assert {url: wrong for url, wrong in found.items() if wrong} == {}
    day = next(page.body for page in made if page.url == "days/2020-03-02.html")
    assert ">1 activity<" in day and ">1 donation<" in day and ">1 story<" in day


@pytest.mark.parametrize(("n", "said"), [(0, "0 records"), (1, "1 record"), (11, "11 records")])
def test_a_count_chooses_its_text(n: int, said: str) -> None:
    assert translator("en")("entries", n=n) == said
    assert translator("zh")("entries", n=n) == f"{n} 条记录"
