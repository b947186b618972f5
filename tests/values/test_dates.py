"""Dates: what is accepted, what it can mean, how it reads, and what is suggested instead."""

import pickle
import subprocess
import sys
from calendar import monthrange
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from generator.values.dates import (
    DateError,
    date_in_words,
    month_in_words,
    parse_date,
    weekday_in_words,
)

days = st.dates(date(1000, 1, 1), date(2999, 12, 31))
marks = st.sampled_from(["", "~", "?", "%"])


@st.composite
def points(draw: st.DrawFn) -> str:
    day = draw(days).isoformat()
    return draw(st.sampled_from([day, day[:7], day[:4]])) + draw(marks)


@st.composite
def edtf_texts(draw: st.DrawFn) -> str:
    day = draw(days).isoformat()
    first, last = sorted([draw(days).isoformat(), day])
    form = draw(st.sampled_from(["point", "some day", "some month", "/", "..", ","]))
    if form == "point":
        return draw(points())
    if form == "some day":
        return f"{day[:7]}-XX"
    if form == "some month":
        return f"{day[:4]}-XX"
    if form == "/":
        return f"{first}{draw(marks)}/{last}{draw(marks)}"
    return f"[{first}{form}{last}]"


def reason(text: str) -> str:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    return caught.value.reason


def suggestion(text: str) -> str | None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    return caught.value.suggestion


# What a date can mean


def test_a_day_is_one_day() -> None:
    value = parse_date("2020-03-04")
    assert value.is_day
    assert (value.earliest, value.latest, value.form) == (
        date(2020, 3, 4),
        date(2020, 3, 4),
        "day",
    )
    assert not value.approximate
    assert not value.uncertain


def test_white_space_around_a_date_is_not_part_of_it() -> None:
    assert parse_date(" 2020-03-04\n").text == "2020-03-04"


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "form"),
    [
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2019-02", "2019-02-01", "2019-02-28", "month"),
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2020-03-XX", "2020-03-01", "2020-03-31", "unspecified"),
        ("2020-XX", "2020-01-01", "2020-12-31", "unspecified"),
        ("2020-XX-XX", "2020-01-01", "2020-12-31", "unspecified"),
        ("2020-XX-04", "2020-01-04", "2020-12-04", "unspecified"),
        ("202X", "2020-01-01", "2029-12-31", "unspecified"),
        ("20XX", "2000-01-01", "2099-12-31", "unspecified"),
        ("2020-02-29/2020-03-31", "2020-02-29", "2020-03-31", "interval"),
        ("2020-03/2020-04", "2020-03-01", "2020-04-30", "interval"),
        ("2020-03-04/2020-03-XX", "2020-03-04", "2020-03-31", "interval"),
        ("[2020-03-01..2020-03-31]", "2020-03-01", "2020-03-31", "set"),
        ("[2020-03-09,2020-03-04]", "2020-03-04", "2020-03-09", "set"),
        ("[2020-03-04, 2020-03-09]", "2020-03-04", "2020-03-09", "set"),
        ("[2020-03-04,2020-03-06..2020-03-09]", "2020-03-04", "2020-03-09", "set"),
    ],
)
def test_a_date_has_a_first_and_a_last_possible_day(
    text: str, earliest: str, latest: str, form: str
) -> None:
    value = parse_date(text)
    assert (value.earliest.isoformat(), value.latest.isoformat(), value.form) == (
        earliest,
        latest,
        form,
    )


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2020-03-04~", True, False),
        ("2020-03-04?", False, True),
        ("2020-03-04%", True, True),
        ("~2020-03-04", True, False),
        ("2020-03-04~/2020-03-09?", True, True),
        ("2020-03-XX~", True, False),
    ],
)
def test_a_qualifier_changes_the_claim_and_not_the_days(
    text: str, approximate: bool, uncertain: bool
) -> None:
    value = parse_date(text)
    assert (value.approximate, value.uncertain) == (approximate, uncertain)
    bare = parse_date(text.translate({ord(mark): None for mark in "~?%"}))
    assert (value.earliest, value.latest, value.form) == (bare.earliest, bare.latest, bare.form)


@given(edtf_texts())
def test_bounds_are_those_of_the_edtf_library(text: str) -> None:
    value, reference = parse_date(text), parse_edtf(text)
    assert tuple(value.earliest.timetuple()[:3]) == tuple(reference.lower_strict()[:3])
    assert tuple(value.latest.timetuple()[:3]) == tuple(reference.upper_strict()[:3])


@given(days)
def test_a_month_covers_its_days_and_no_others(day: date) -> None:
    month = parse_date(day.isoformat()[:7])
    assert month.covers(day)
    assert (month.latest - month.earliest).days + 1 == monthrange(day.year, day.month)[1]
    assert not month.covers(month.earliest - timedelta(days=1))
    assert not month.covers(month.latest + timedelta(days=1))


@given(edtf_texts())
def test_bounds_never_cross(text: str) -> None:
    value = parse_date(text)
    assert value.earliest <= value.latest
    assert value.sort_key == (value.earliest, value.latest)


def test_a_slug_names_the_day_or_the_period() -> None:
    assert parse_date("2020-03-04~").slug == "2020-03-04"
    assert parse_date("2020-02-29/2020-03-31").slug == "2020-02-29_2020-03-31"
    assert parse_date("2020-03").slug == "2020-03-01_2020-03-31"


def test_the_month_of_a_date_is_that_of_its_earliest_day() -> None:
    assert parse_date("2020-02-29/2020-03-31").month == "2020-02"


@pytest.mark.parametrize("text", ["2020-03-04", "2020-03", "2020-03-XX", "2020-02-29/2020-03~"])
def test_plain_days_and_months_do_not_load_the_edtf_library(text: str) -> None:
    code = (
        f"import sys; from generator.values.dates import parse_date; parse_date('{text}');"
        "sys.exit('edtf' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# What is refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("[" + "2020-03-04," * 10 + "2020-03-04]", "too_long"),
        ("昨天", "format"),
        ("2020-", "format"),
        ("2020-W10", "format"),
        ("2020-W10-3", "format"),
        ("2020-03-04~~", "format"),
        ("2020-03-04/2020-03-05/2020-03-06", "format"),
        ("[2020-03-01..2020-03-02..2020-03-03]", "format"),
        ("[]", "format"),
        ("4/3/2020", "format"),
        ("2019-02-29", "no_such_day"),
        ("2019-02-29~", "no_such_day"),
        ("2020-13", "no_such_day"),
        ("2020-03-00", "no_such_day"),
        ("2020-20", "no_such_day"),
        ("2020-45", "no_such_day"),
        ("2020-XX-32", "no_such_day"),
        ("2020-02-30/2020-03-31", "no_such_day"),
        ("[2020-02-30,2020-03-01]", "no_such_day"),
        ("0999", "year_range"),
        ("3000-01-01", "year_range"),
        ("0000-00-00", "year_range"),
        ("2020-03-31/2020-02-29", "reversed"),
        ("[2020-03-31..2020-03-01]", "reversed"),
        ("2020-03-04/..", "open_ended"),
        ("../2020-03-04", "open_ended"),
        ("2020-03-04/", "open_ended"),
        ("/2020-03-04", "open_ended"),
        ("unknown/2020-03", "open_ended"),
        ("[..2020-03-04]", "open_ended"),
        ("[2020-03-04..]", "open_ended"),
        ("2020-21", "unsupported"),
        ("Y12000", "unsupported"),
        ("2020-03-1X", "unsupported"),
        ("2020-03-04T10:00:00", "unsupported"),
        ("{2020-03-01,2020-03-03}", "unsupported"),
    ],
)
def test_what_is_not_a_date_is_refused_with_a_reason(text: str, expected: str) -> None:
    assert reason(text) == expected


@given(st.text(max_size=80) | st.text("0123456789-/~?%X[]{}.,年月日至 ", max_size=40))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    try:
        parse_date(text)
    except DateError as error:
        if error.suggestion is not None:
            parse_date(error.suggestion)


def test_nothing_is_printed_while_a_date_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    # The library prints to standard output when it stumbles over some of these.
    for text in ("2020-0X", "2020-XX/2020-04", "2020-1X", "2X20", "202X-03", "2020-XX-32"):
        try:
            parse_date(text)
        except DateError:
            continue
    assert capfd.readouterr() == ("", "")


def test_a_date_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(DateError("format", "2020-03-04")))
    assert (error.reason, error.suggestion) == ("format", "2020-03-04")
    assert "2020-03-04" in str(error)


# What is suggested


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-3-4", "2020-03-04"),
        ("2020/3/4", "2020-03-04"),
        ("2020.3.4", "2020-03-04"),
        ("20200304", "2020-03-04"),
        ("2020-03-04T10:00", "2020-03-04"),
        ("2020-03-04 10:00", "2020-03-04"),
        ("2020年3月4日", "2020-03-04"),
        ("2020 年 3 月 4 日", "2020-03-04"),
        ("2020年3月4号", "2020-03-04"),
        ("２０２０年３月４日", "2020-03-04"),
        ("２０２０-０３-０４", "2020-03-04"),
        ("2020年3月", "2020-03"),
        ("2020年", "2020"),
        ("2020-3", "2020-03"),
        ("2020年3月4日前后", "2020-03-04~"),
        ("约2020年3月", "2020-03~"),
        ("2020年3月4日（存疑）", "2020-03-04?"),
        ("2020年3月4日前后（存疑）", "2020-03-04%"),
        ("2020-03-04?~", "2020-03-04%"),
        ("2020年3月某日", "2020-03-XX"),
        ("2020-03-xx", "2020-03-XX"),
        ("2020-03-??", "2020-03-XX"),
        ("2020年2月29日至3月31日", "2020-02-29/2020-03-31"),
        ("2020年3月4日—9日", "2020-03-04/2020-03-09"),
        ("2020.3.4-3.9", "2020-03-04/2020-03-09"),
        ("2020-03-04~2020-03-09", "2020-03-04/2020-03-09"),
        ("2020-03-04 / 2020-03-09", "2020-03-04/2020-03-09"),
        ("2020年3月—4月", "2020-03/2020-04"),
        ("2019年至2020年", "2019/2020"),
        ("2020年3月1日或4日", "[2020-03-01,2020-03-04]"),
        ("2020-03-31/2020-02-29", "2020-02-29/2020-03-31"),
        ("[2020-03-31..2020-03-01]", "[2020-03-01..2020-03-31]"),
        ("{2020-03-01..2020-03-31}", "2020-03-01/2020-03-31"),
    ],
)
def test_other_ways_of_writing_a_date_lead_to_its_edtf_form(text: str, expected: str) -> None:
    assert suggestion(text) == expected


@pytest.mark.parametrize(
    "text", ["3月4日", "4/3/2020", "2020年2月30日", "2020-03-04/..", "2019-02-29", "2020.3-4"]
)
def test_nothing_is_suggested_where_it_would_be_a_guess(text: str) -> None:
    assert suggestion(text) is None


@given(edtf_texts().filter(lambda text: not ("/" in text and ("~" in text or "%" in text))))
def test_chinese_words_lead_back_to_the_same_days(text: str) -> None:
    value = parse_date(text)
    back = suggestion(date_in_words(value, "zh"))
    if text[4:] == "-XX":  # 2020年的某个月 is said of nothing else, and asked for by nobody
        return
    assert back is not None
    assert parse_date(back).sort_key == value.sort_key
    assert parse_date(back).approximate == value.approximate


# Words


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2020-03-04", "2020年3月4日", "4 March 2020"),
        ("2020-03", "2020年3月", "March 2020"),
        ("2020", "2020年", "2020"),
        ("2020-03-XX", "2020年3月的某一天", "some day in March 2020"),
        ("2020-XX", "2020年的某个月", "some month in 2020"),
        ("2020-XX-XX", "2020年的某一天", "some day in 2020"),
        ("2020-XX-04", "2020年某月4日", "day 4 of some month in 2020"),
        ("202X", "2020年至2029年间", "between 2020 and 2029"),
        ("2020-03-04~", "2020年3月4日前后", "about 4 March 2020"),
        ("2020-03~", "2020年3月前后", "about March 2020"),
        ("2020-03-XX~", "约2020年3月的某一天", "about some day in March 2020"),
        ("2020-03-04?", "2020年3月4日（存疑）", "4 March 2020 (uncertain)"),
        ("2020-03-04%", "2020年3月4日前后（存疑）", "about 4 March 2020 (uncertain)"),
        ("2020-02-29/2020-03-31", "2020年2月29日至3月31日", "29 February to 31 March 2020"),
        ("2020-03-01/2020-03-31", "2020年3月1日至31日", "1 to 31 March 2020"),
        (
            "2019-12-31/2020-01-02",
            "2019年12月31日至2020年1月2日",
            "31 December 2019 to 2 January 2020",
        ),
        ("2020-03-04/2020-03-04", "2020年3月4日", "4 March 2020"),
        ("2020-03/2020-04", "2020年3月至4月", "March to April 2020"),
        ("2019/2020", "2019年至2020年", "2019 to 2020"),
        ("2020/2020", "2020年", "2020"),
        ("2020-02-29/2020-03", "2020年2月29日至3月", "29 February to March 2020"),
        ("2020-03/2020", "2020年3月至2020年", "March 2020 to 2020"),
        (
            "2020-03-04/2020-03-XX",
            "2020年3月4日至3月的某一天",
            "4 March to some day in March 2020",
        ),
        (
            "2020-02-29~/2020-03-31",
            "2020年2月29日前后至3月31日",
            "about 29 February to 31 March 2020",
        ),
        (
            "[2020-03-01..2020-03-31]",
            "2020年3月1日至31日间的某一天",
            "one day between 1 and 31 March 2020",
        ),
        (
            "[2020-02-29..2020-03-31]",
            "2020年2月29日至3月31日间的某一天",
            "one day between 29 February and 31 March 2020",
        ),
        ("[2020-03-01,2020-03-04]", "2020年3月1日或4日", "1 or 4 March 2020"),
        (
            "[2020-03-01,2020-03-04,2020-03-09]",
            "2020年3月1日至9日间的某一天",
            "one day between 1 and 9 March 2020",
        ),
        ("[2020-03..2020-04]", "2020年3月至4月间", "between March and April 2020"),
        ("[2020-03-04]", "2020年3月4日", "4 March 2020"),
        (
            "[2020-03-01~..2020-03-31]",
            "约2020年3月1日至31日间的某一天",
            "about one day between 1 and 31 March 2020",
        ),
    ],
)
def test_a_date_is_shown_in_words(text: str, chinese: str, english: str) -> None:
    value = parse_date(text)
    assert date_in_words(value, "zh") == chinese
    assert date_in_words(value, "en") == english


def test_a_variant_of_chinese_is_chinese() -> None:
    assert date_in_words(parse_date("2020-03"), "zh-Hans") == "2020年3月"


def test_a_weekday_is_shown_in_words() -> None:
    assert weekday_in_words(date(2020, 3, 4), "zh") == "星期三"
    assert weekday_in_words(date(2020, 3, 4), "en") == "Wednesday"
    assert weekday_in_words(date(2020, 3, 8), "zh") == "星期日"


def test_a_month_is_shown_in_words() -> None:
    assert month_in_words("2020-03", "zh") == "2020年3月"
    assert month_in_words("2020-12", "en") == "December 2020"
