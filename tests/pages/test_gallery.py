"""The gallery: by month, task, person and place, in pages that a telephone can load."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from generator.pages.edition import Edition
from generator.pages.gallery.page import IN_FULL, OF_A_MONTH, sheets
from generator.pages.gallery.shelves import PER_PAGE
from generator.pages.page import Page
from generator.pages.registry import pages
from generator.pages.sheet import pages_of
from generator.photos.plan import Developed, Finished, Picture
from tests.sites import SMALL, edition, write_archive

LARGE = 900  # four pages of a month; no page grows with the number of photographs


def activity(day: str, photos: str, place: str = "") -> str:
    where = f"place: {place}\n" if place else ""
    return f"date: {day}\ntitle: 一天\ntask: delivery\nmembers: [lisi]\n{where}photos:\n{photos}"


def photo(number: int, more: str = "") -> str:
    return f"  - {{id: p{number:04}, file: {number}.jpg, caption: 图注第{number}条，写得像真的一样长, alt: 画面, credit: 王芳{more}}}\n"


TOGETHER = ", people: [zhangsan, lisi]"
FEW = {
    **SMALL,
    "records/activities/a.yml": activity(
        "2020-03-02", photo(1, ", people: [zhangsan, 路人], consent: {status: verbal}"), "门口"
    ),
    "records/activities/b.yml": activity("2020-02-27", photo(2) + photo(3, ", place: 门口")),
}
PICTURE = Developed(
    4000, 3000, tuple(Finished(w, w * 3 // 4, b"") for w in (480, 960, 1600)), b"", "#808080"
)


def pictures(shown: Edition) -> dict[str, Picture]:
    return {
        one.id: PICTURE.picture(f"{number:064x}")
        for number, one in enumerate(shown.archive.photographs)
    }


def gallery(folder: Path, files: Mapping[str, str]) -> dict[str, Page]:
    shown = edition(write_archive(folder, files))
    return {page.url: page for page in pages_of(sheets(replace(shown, pictures=pictures(shown))))}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return gallery(tmp_path_factory.mktemp("few"), FEW)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    files = dict(SMALL)
    for day in range(1, 31):
        shots = "".join(photo(day * 100 + number) for number in range(LARGE // 30))
        files[f"records/activities/day-{day}.yml"] = activity(f"2020-03-{day:02}", shots)
    return gallery(tmp_path_factory.mktemp("large"), files)


def shown_on(page: Page) -> list[str]:
    return re.findall(r'<li id="photo-([^"]*)"', page.body)


def test_a_small_gallery_shows_everything_by_month(few: dict[str, Page]) -> None:
    assert shown_on(few["gallery/index.html"]) == ["p0002", "p0003", "p0001"]
    assert few["gallery/index.html"].body.index("2020年2月") < few["gallery/index.html"].body.index(
        "2020年3月"
    )


def test_the_number_of_photographs_leads_to_the_figure_made_of_them(few: dict[str, Page]) -> None:
    figure = '<a class="figure" href="../statistics/index.html#recorded-photographs">3</a>'
    assert figure in few["gallery/index.html"].body


def test_every_shelf_has_a_page_of_its_own(few: dict[str, Page]) -> None:
    place = next(url for url in few if url.startswith("gallery/place-"))
    shelves = {url: shown_on(page) for url, page in few.items() if url.startswith("gallery/")}
    del shelves["gallery/index.html"]
    assert shelves == {
        "gallery/2020-02.html": ["p0002", "p0003"],
        "gallery/2020-03.html": ["p0001"],
        "gallery/task-delivery.html": ["p0002", "p0003", "p0001"],
        "gallery/person-zhangsan.html": ["p0001"],
        place: ["p0003", "p0001"],
    }


def test_someone_who_is_no_member_has_no_shelf(few: dict[str, Page]) -> None:
    assert not [url for url in few if "路人" in url]
    assert "路人" in few["photos/p0001.html"].body


def test_every_photograph_has_a_page_with_ways_to_its_shelves_and_its_day(
    few: dict[str, Page],
) -> None:
    body = few["photos/p0001.html"].body
    for url in ("../gallery/2020-03.html#photo-p0001", "../gallery/person-zhangsan.html"):
        assert f'href="{url}"' in body
    assert 'href="../days/2020-03-02.html"' in body
    assert 'rel="prev" href="p0003.html"' in body and 'rel="next"' not in body


def test_the_ways_to_its_shelves_do_not_depend_on_other_photographs(tmp_path: Path) -> None:
    two = {**SMALL, "records/activities/a.yml": activity("2020-03-02", photo(1, TOGETHER))}
    before = gallery(tmp_path / "before", two)
    for one in ("zhangsan", "lisi"):
        more = activity("2020-03-03", photo(2, f", people: [{one}]"))
        after = gallery(tmp_path / one, {**two, "records/activities/b.yml": more})
        ways = [
            re.findall("person-[a-z]+", made["photos/p0001.html"].body) for made in (before, after)
        ]
        assert ways[0] == ways[1] == ["person-lisi", "person-zhangsan"]


def test_a_photograph_is_found_by_the_name_of_its_place(tmp_path: Path) -> None:
    places = {
        **FEW,
        "records/archive.yml": SMALL["records/archive.yml"] + "places: [{id: gate, label: 门口}]\n",
        "records/activities/a.yml": activity("2020-03-02", photo(1, ", place: gate")),
    }
    search = gallery(tmp_path, places)["photos/p0001.html"].search
    assert search is not None
    assert "门口" in search.text and "gate" not in search.text


def test_the_first_picture_comes_first_and_the_others_when_needed(few: dict[str, Page]) -> None:
    images = re.findall(r"<img [^>]*>", few["gallery/2020-02.html"].body)
    assert 'fetchpriority="high"' in images[0] and "lazy" not in images[0]
    assert all('loading="lazy"' in image for image in images[1:])
    assert all(re.search(r' width="\d+" height="\d+"', image) for image in images)


def test_an_empty_gallery_says_what_to_do(tmp_path: Path) -> None:
    made = gallery(tmp_path, SMALL)
    assert [*made] == ["gallery/index.html"]
    assert "../contribute/index.html" in made["gallery/index.html"].body


def test_the_index_of_a_large_gallery_shows_the_beginning_of_each_month(
    large: dict[str, Page],
) -> None:
    index = large["gallery/index.html"]
    assert len(shown_on(index)) == OF_A_MONTH < IN_FULL
    assert 'href="2020-03.html"' in index.body


def test_a_large_month_is_cut_into_pages_that_lead_to_one_another(large: dict[str, Page]) -> None:
    urls = [url for url in large if url.startswith("gallery/2020-03")]
    assert len(urls) == -(-LARGE // PER_PAGE)
    assert urls[:2] == ["gallery/2020-03.html", "gallery/2020-03_2.html"]
    assert 'rel="next" href="2020-03_2.html"' in large[urls[0]].body
    assert 'rel="prev" href="2020-03.html"' in large[urls[1]].body
    found = [id for url in urls for id in shown_on(large[url])]
    assert found == sorted(found) and len(found) == LARGE


def test_a_photograph_leads_back_to_the_page_it_stands_on(large: dict[str, Page]) -> None:
    back = re.search(
        r'href="\.\./gallery/(2020-03[^"#]*)#photo-p3029"', large["photos/p3029.html"].body
    )
    assert back is not None and "p3029" in shown_on(large[f"gallery/{back[1]}"])


def test_no_page_of_a_large_gallery_is_heavy(large: dict[str, Page]) -> None:
    assert max(len(page.body.encode("utf-8")) for page in large.values()) < 500_000


def test_no_two_pages_have_one_address(tmp_path: Path) -> None:
    # A task that is called like the second page of another.
    files = {
        **SMALL,
        "records/archive.yml": SMALL["records/archive.yml"].replace(
            "tasks: [", "tasks: [{id: delivery-2}, "
        ),
        "records/activities/a.yml": activity("2020-03-02", "".join(map(photo, range(250)))),
        "records/activities/b.yml": activity("2020-03-03", photo(999)).replace(
            "task: delivery", "task: delivery-2"
        ),
    }
    shown = edition(write_archive(tmp_path, files))
    urls = [page.url for page in pages_of(sheets(shown))]
    assert len(urls) == len(set(urls)) and "gallery/task-delivery-2.html" in urls


def test_a_person_on_very_many_photographs_has_no_longer_page(tmp_path: Path) -> None:
    shots = "".join(photo(number, ", people: [zhangsan]") for number in range(200))
    files = {**SMALL, "records/activities/many.yml": activity("2020-03-02", shots)}
    shown = edition(write_archive(tmp_path, files))
    made = {page.url: page for page in pages(replace(shown, pictures=pictures(shown)))}
    body = made["members/zhangsan.html"].body
    assert len(re.findall(r'<li id="photo-', body)) == 60
    assert 'href="../gallery/person-zhangsan.html">看全部 200 张照片' in body
    shelf = [page for url, page in made.items() if url.startswith("gallery/person-zhangsan")]
    assert sum(len(shown_on(page)) for page in shelf) == 200
