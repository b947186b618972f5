"""What templates may ask: quantities that claim no more than is known, names, addresses."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from generator.kinds.fields import Ref
from generator.pages.edition import Edition
from generator.pages.view import View, view_of
from generator.values.quantities import parse_quantity, quantity_in_words
from tests.sites import SMALL, edition, write_archive


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(write_archive(tmp_path_factory.mktemp("archive"), SMALL))


@pytest.fixture(scope="module")
def view(seen: Edition) -> View:
    return view_of(seen, "days", "../")


@pytest.fixture(scope="module")
def english(seen: Edition) -> View:
    return view_of(replace(seen, language="en"), "days", "../")


AMOUNTS = {
    ("406", "栋"): "406栋",
    ("约700", "份"): "约700份",
    ("8000多", "斤"): "8000斤以上",
    ("900余", "人次"): "900人次以上",
    ("近100", "条"): "近100条",
    ("400-500", "份"): "400～500份",
    ("1.5", "吨"): "1.5吨",
    ("0", "件"): "0件",
}


@pytest.mark.parametrize(("written", "shown"), AMOUNTS.items())
def test_a_quantity_keeps_its_honesty(view: View, written: tuple[str, str], shown: str) -> None:
    quantity, unit = written
    assert view.amount(parse_quantity(quantity), unit) == shown


@pytest.mark.parametrize("written", [quantity for quantity, _ in AMOUNTS])
def test_a_quantity_in_english_has_its_unit_after_a_space(english: View, written: str) -> None:
    quantity = parse_quantity(written)
    assert english.amount(quantity, "kg") == f"{quantity_in_words(quantity, 'en')} kg"
    assert english.amount(quantity) == quantity_in_words(quantity, "en")


def test_a_quantity_that_nobody_stated_says_so(view: View, english: View) -> None:
    assert view.amount(None, "份") == "数量未载"
    assert english.amount(None, "kg").strip()
    assert "kg" not in english.amount(None, "kg")


def test_a_sum_claims_no_more_than_its_parts(view: View) -> None:
    total = parse_quantity("406") + parse_quantity("900余")
    assert total.lower == Decimal(1306)
    assert view.amount(total, "栋") == "1306栋以上"


ADDRESSES = {
    Ref("day", "2020-03-04"): "../days/2020-03-04.html",
    Ref("member", "zhangsan"): "../members/zhangsan.html",
    Ref("donation", "melons"): "../donations/melons.html",
    Ref("story", "thumbs-up"): "../stories/thumbs-up.html",
    Ref("activity", "every-day"): "../days/2020-02-29_2020-03-31.html#activity-every-day",
    Ref("source", "article"): "../statistics/reconciliation.html#source-article",
}


@pytest.mark.parametrize(("ref", "address"), ADDRESSES.items())
def test_every_kind_of_record_has_an_address(view: View, ref: Ref, address: str) -> None:
    assert view.url(ref) == address
    assert view.title(ref)


@pytest.mark.parametrize(("n", "shown"), [(1, "1"), (9999, "9999"), (10014, "10,014")])
def test_a_number_of_lines_is_written_like_any_other_amount(view: View, n: int, shown: str) -> None:
    assert view.digits(n) == shown == view.amount(parse_quantity(str(n)))
    assert view.here("list", n) == f'<a class="figure" href="#list">{shown}</a>'


def test_days_are_numbered_from_the_beginning_of_the_work(view: View) -> None:
    assert view.day_number(date(2020, 2, 26)) == 1
    assert view.day_number(date(2020, 3, 4)) == 8
    assert view.day_number(date(2020, 2, 25)) is None


def test_a_person_is_named_where_the_archive_knows_them(view: View) -> None:
    assert view.person("zhangsan") == "张三"
    assert view.person("一位大姐") == "一位大姐"


def test_a_teller_is_shown_as_they_agreed(tmp_path: Path) -> None:
    story = SMALL["records/stories/thumbs-up.yml"]
    shown = {
        "{name: 王某, kind: 居民, display: named}": "王某",
        "{name: 王某, kind: 居民, display: anonymous}": "居民",
        "{display: anonymous}": "匿名",
    }
    for number, (teller, words) in enumerate(shown.items()):
        files = {
            **SMALL,
            "records/stories/thumbs-up.yml": story.replace("{kind: 居民}", teller),
        }
        seen = edition(write_archive(tmp_path / str(number), files))
        assert view_of(seen, "stories", "").teller(seen.archive.stories[0]) == words


def test_an_excerpt_is_plain_text(view: View) -> None:
    assert view.excerpt("**走巷**，[上楼](x.html)。") == "走巷，上楼。"
    assert view.excerpt(None) == ""
