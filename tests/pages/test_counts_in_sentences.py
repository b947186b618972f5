"""Numbers in sentences lead to the records they are made of."""

import re

import pytest
from markupsafe import Markup

from generator.archive.statistics import statistics
from generator.pages.edition import Edition
from generator.pages.registry import pages
from generator.pages.words import translator
from tests.daily import daily_archive

COUNTS = {
    "donations/index.html": ["recorded-donations"],
    "members/index.html": ["recorded-members"],
    "statistics/coverage.html": ["recorded-missing:empty_days"],
    "data/index.html": ["recorded-members", "recorded-activities", "recorded-donations"],
}


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    archive = daily_archive()
    return {page.url: page.body for page in pages(Edition(archive, statistics(archive)))}


@pytest.mark.parametrize("url", COUNTS)
def test_a_count_leads_to_a_figure_that_the_page_of_figures_lists(
    site: dict[str, str], url: str
) -> None:
    anchors = re.findall(
        r'href="(?:\.\./)?(?:statistics/)?index\.html#(recorded-[^"]+)">\d', site[url]
    )
    assert set(COUNTS[url]) <= set(anchors)
    for anchor in anchors:
        assert f'id="{anchor}"' in site["statistics/index.html"]


def test_the_counts_of_a_member_lead_to_the_days_and_activities(site: dict[str, str]) -> None:
    page = site["members/lihui.html"]
    assert re.search(r'<section id="days"><h2>[^<]*<a class="figure" href="#days">10</a>', page)
    assert '<a class="figure" href="#took-part">' in page
    assert 'id="took-part"' in page
    assert 'members/lihui.html#took-part">' in site["statistics/index.html"]


def test_a_sentence_with_a_link_escapes_everything_else() -> None:
    t = translator("zh", "members")
    shown = t("lead", organisation="<b>", n=Markup("<a>3</a>"))
    assert shown == "&lt;b&gt;，<a>3</a> 人。"
    assert isinstance(shown, Markup)
