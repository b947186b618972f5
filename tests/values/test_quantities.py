"""Quantities: what is read, how sums keep what is not known, and what is shown."""

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.values.quantities import (
    ZERO,
    Qualifier,
    Quantity,
    QuantityError,
    chinese_number,
    compare,
    number_in_digits,
    parse_quantity,
    qualified,
    quantity_in_words,
    total,
)

numbers = st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=3) | st.integers(
    0, 10**6
).map(Decimal)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    lower = draw(numbers)
    upper = draw(st.none() | st.just(lower) | numbers.map(lambda more: lower + more))
    if upper and draw(st.booleans()):
        return Quantity(Decimal(0), upper, near=True)
    return Quantity(lower, upper, draw(st.booleans()))


def error(text: str) -> QuantityError:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    return caught.value


# Reading


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("406", "406"),
        (" 406 ", "406"),
        ("0", "0"),
        ("25,600", "25600"),
        ("25，600", "25600"),
        ("1,234,567.5", "1234567.5"),
        ("４０６", "406"),
        ("１．５", "1.5"),
        ("1.50", "1.5"),
        ("5千", "5000"),
        ("1.3万", "13000"),
        ("20万", "200000"),
        ("3百万", "3000000"),
        ("1亿", "100000000"),
        ("半", "0.5"),
        ("500-500", "500"),
    ],
)
def test_a_number_is_exact(text: str, number: str) -> None:
    quantity = parse_quantity(text)
    assert quantity == Quantity(Decimal(number), Decimal(number))
    assert quantity.qualifier == "exact"


@pytest.mark.parametrize(
    "text",
    [
        "约700",
        "约 700",
        "大约700",
        "约为700",
        "大概700",
        "~700",
        "～700",
        "≈700",
        "700左右",
        "700上下",
        "约700左右",
        "about 700",
        "approx. 700",
        "Approximately 700",
    ],
)
def test_about_is_approximate(text: str) -> None:
    assert parse_quantity(text) == Quantity(Decimal(700), Decimal(700), approximate=True)
    assert parse_quantity(text).qualifier == "about"


@pytest.mark.parametrize(
    ("text", "lower"),
    [
        ("8000多", 8000),
        ("900余", 900),
        ("900以上", 900),
        ("至少900", 900),
        ("至少900以上", 900),
        ("不少于900", 900),
        ("超过900", 900),
        ("900+", 900),
        ("≥900", 900),
        ("at least 900", 900),
        ("more than 900", 900),
        ("900 or more", 900),
        ("3万多", 30000),
        ("20余万", 200000),
        ("20多万", 200000),
        ("上百", 100),
        ("上千", 1000),
        ("上百万", 1000000),
    ],
)
def test_more_than_a_number_has_no_upper_bound(text: str, lower: int) -> None:
    assert parse_quantity(text) == Quantity(Decimal(lower), None)
    assert parse_quantity(text).qualifier == "at_least"


@pytest.mark.parametrize(
    "text",
    [
        "不到100",
        "不足100",
        "不超过100",
        "至多100",
        "最多100",
        "100以下",
        "100以内",
        "≤100",
        "<100",
        "at most 100",
        "up to 100",
        "0-100",
    ],
)
def test_less_than_a_number_is_a_range_from_nothing(text: str) -> None:
    assert parse_quantity(text) == Quantity(Decimal(0), Decimal(100))
    assert parse_quantity(text).qualifier == "at_most"


@pytest.mark.parametrize(
    "text",
    [
        "400-500",
        "400—500",
        "400——500",
        "400–500",
        "400至500",
        "400到500",
        "400~500",
        "400～500",
        "400 – 500",
        "400 to 500",
    ],
)
def test_two_numbers_are_a_range(text: str) -> None:
    assert parse_quantity(text) == Quantity(Decimal(400), Decimal(500))
    assert parse_quantity(text).qualifier == "range"


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [("数十", 20, 90), ("几十", 20, 90), ("数百", 200, 900), ("数十万", 200000, 900000)],
)
def test_several_tens_are_two_to_nine_of_them(text: str, lower: int, upper: int) -> None:
    assert parse_quantity(text) == Quantity(Decimal(lower), Decimal(upper))


def test_about_combines_with_bounds() -> None:
    assert parse_quantity("约400-500") == Quantity(Decimal(400), Decimal(500), True)
    assert parse_quantity("约1600以上") == Quantity(Decimal(1600), None, True)
    assert parse_quantity("at least about 1,600") == Quantity(Decimal(1600), None, True)


def test_a_range_may_change_its_scale_where_only_one_reading_is_possible() -> None:
    assert parse_quantity("8000-1万") == Quantity(Decimal(8000), Decimal(10000))


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("", "empty", None),
        ("  ", "empty", None),
        ("1" * 65, "too_long", None),
        ("1" * 41, "too_large", None),
        ("1234567890123456", "too_large", None),
        ("999999999万亿", "too_large", None),
        ("0.1234567", "too_large", None),
        ("-5", "negative", None),
        ("－5", "negative", None),
        ("abc", "format", None),
        ("NaN", "format", None),
        ("inf", "format", None),
        ("1e3", "format", None),
        (".5", "format", None),
        ("约", "format", None),
        ("若干", "format", None),
        ("25 600", "format", "25600"),
        ("25,60", "grouping", None),
        ("1,0000", "grouping", None),
        ("500-400", "reversed", "400-500"),
        ("1-2万", "ambiguous", "1万-2万"),
        ("至少100以下", "contradiction", None),
        ("近400-500", "contradiction", None),
        ("400-500余", "contradiction", None),
        ("700份", "unit", "700"),
        ("约700份", "unit", "约700"),
        ("8000多斤", "unit", "8000多"),
        ("900余人次", "unit", "900余"),
        ("500件左右", "unit", "500左右"),
        ("100斤以上", "unit", "100以上"),
        ("20余万元", "unit", "20余万"),
        ("500千克", "unit", "500"),
        ("上百人", "unit", "上百"),
        ("半吨", "unit", "半"),
        ("50%", "unit", None),
        ("2倍", "unit", None),
        ("1个半", "unit", None),
        ("10来个", "unit", None),
        ("二十", "numeral", "20"),
        ("九百余", "numeral", "900余"),
        ("近百条", "numeral", "近100"),
        ("三千多公里", "numeral", "3000多"),
        ("二万五千六百", "numeral", "25600"),
        ("两人", "numeral", "2"),
        ("一些", "numeral", None),
        ("一批", "numeral", None),
        ("一半", "numeral", None),
        ("一万五", "numeral", None),
        ("百分之五", "numeral", None),
        ("两三百", "numeral", None),
    ],
)
def test_what_is_not_a_quantity_is_refused_with_a_reason(
    text: str, reason: str, suggestion: str | None
) -> None:
    refused = error(text)
    assert (refused.reason, refused.suggestion) == (reason, suggestion)


@given(
    st.text(max_size=80)
    | st.text("0123456789,.-~约近多余上数万千百十半以下至少一二两个斤 ", max_size=20)
)
def test_any_text_is_a_quantity_or_a_quantity_error(text: str) -> None:
    try:
        parse_quantity(text)
    except QuantityError as refused:
        if refused.suggestion is not None:
            parse_quantity(refused.suggestion)


def test_a_quantity_error_survives_the_way_between_processes() -> None:
    copy = pickle.loads(pickle.dumps(error("700份")))
    assert (copy.reason, copy.suggestion) == ("unit", "700")
    assert "700" in str(copy)


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("十五", 15),
        ("两百", 200),
        ("百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一千零五十", 1050),
        ("三千零二", 3002),
        ("六万", 60000),
        ("十二万三千四百五十六", 123456),
        ("一万零五", 10005),
        ("九千九百九十九万九千九百九十九", 99999999),
        ("三百二", None),
        ("一万五", None),
        ("五五", None),
        ("万一", None),
        ("零零", None),
        ("", None),
    ],
)
def test_a_chinese_numeral_has_a_value_where_it_is_complete(
    numeral: str, number: int | None
) -> None:
    assert chinese_number(numeral) == number


# Bounds


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ("-1", "1"),
        ("2", "1"),
        ("NaN", None),
        ("0", "NaN"),
        ("Infinity", None),
        ("0", "Infinity"),
        ("-0", "0"),
        ("0", "-0"),
    ],
)
def test_a_quantity_with_impossible_bounds_cannot_be_made(lower: str, upper: str | None) -> None:
    with pytest.raises(QuantityError, match="bounds"):
        Quantity(Decimal(lower), None if upper is None else Decimal(upper))


@given(quantities())
def test_a_qualifier_follows_from_the_bounds(quantity: Quantity) -> None:
    if quantity.upper is None:
        assert quantity.qualifier == "at_least"
    elif quantity.approximate:
        assert quantity.qualifier == "about"
    elif quantity.lower == quantity.upper:
        assert quantity.qualifier == "exact"
    else:
        assert quantity.qualifier == ("range" if quantity.lower else "at_most")


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        ("exact", "900"),
        ("about", "约900"),
        ("at_least", "900以上"),
        ("at_most", "至多900"),
    ],
)
def test_a_number_with_a_named_qualifier_is_that_quantity(
    qualifier: Qualifier, expected: str
) -> None:
    assert qualified(parse_quantity("900"), qualifier) == parse_quantity(expected)


def test_a_value_accepts_the_qualifier_it_has_and_no_other() -> None:
    assert qualified(parse_quantity("900余"), "at_least") == parse_quantity("900余")
    with pytest.raises(QuantityError, match="contradiction"):
        qualified(parse_quantity("900余"), "exact")
    with pytest.raises(QuantityError, match="contradiction"):
        qualified(parse_quantity("900"), "range")


# Sums


def test_the_sum_of_an_exact_and_an_open_quantity_is_open() -> None:
    summed = parse_quantity("406") + parse_quantity("900余")
    assert quantity_in_words(summed, "zh") == "1306以上"
    assert quantity_in_words(summed, "en") == "at least 1306"


def test_the_sum_of_an_exact_and_an_approximate_quantity_is_approximate() -> None:
    assert parse_quantity("300") + parse_quantity("约700") == parse_quantity("约1000")


def test_the_sum_of_nothing_is_nothing() -> None:
    assert total([]) == ZERO


def test_tenths_add_up_without_noise() -> None:
    assert total([parse_quantity("0.1")] * 3) == parse_quantity("0.3")


@given(quantities(), quantities())
def test_sums_commute(a: Quantity, b: Quantity) -> None:
    assert a + b == b + a


@given(quantities(), quantities(), quantities())
def test_sums_associate(a: Quantity, b: Quantity, c: Quantity) -> None:
    assert (a + b) + c == a + (b + c)


@given(quantities())
def test_nothing_added_changes_nothing(a: Quantity) -> None:
    assert a + ZERO == a


@given(st.lists(quantities(), max_size=8))
def test_bounds_never_cross_in_a_sum(items: list[Quantity]) -> None:
    summed = total(items)
    assert summed.upper is None or summed.lower <= summed.upper
    assert (summed.upper is None) == any(item.upper is None for item in items)
    assert summed.approximate == any(item.approximate for item in items)


@given(quantities(), quantities(), st.data())
def test_the_sum_of_possible_values_is_a_possible_sum(
    a: Quantity, b: Quantity, data: st.DataObject
) -> None:
    def value_within(quantity: Quantity) -> Decimal:
        upper = quantity.lower + 1000 if quantity.upper is None else quantity.upper
        return data.draw(st.decimals(quantity.lower, upper, places=3))

    value, summed = value_within(a) + value_within(b), a + b
    assert summed.lower <= value
    assert summed.upper is None or value <= summed.upper


def test_a_sum_of_very_different_sizes_is_not_rounded() -> None:
    large, small = Decimal(10) ** 40, Decimal("0.000001")
    assert (Quantity(large, large) + Quantity(small, small)).lower > large


@given(quantities(), quantities(), st.decimals(0, 1000, places=3))
def test_scaling_distributes_over_sums(a: Quantity, b: Quantity, factor: Decimal) -> None:
    assert (a + b).scaled(factor) == a.scaled(factor) + b.scaled(factor)


def test_a_negative_factor_is_refused() -> None:
    with pytest.raises(QuantityError, match="bounds"):
        parse_quantity("5").scaled(Decimal(-1))


# Comparing


@pytest.mark.parametrize(
    ("recorded", "reported", "verdict"),
    [
        ("406", "406", "agrees"),
        ("405", "406", "short"),
        ("407", "406", "exceeds"),
        ("0", "406", "short"),
        ("950", "900余", "agrees"),
        ("800", "900余", "short"),
        ("900余", "800", "exceeds"),
        ("800余", "900", "agrees"),
        ("630", "约700", "agrees"),
        ("770", "约700", "agrees"),
        ("629", "约700", "short"),
        ("771", "约700", "exceeds"),
        ("95", "近100", "agrees"),
        ("101", "近100", "exceeds"),
        ("450", "400-500", "agrees"),
        ("350", "400-500", "short"),
        ("约380", "400-500", "agrees"),
    ],
)
def test_records_agree_with_a_claim_where_both_can_be_the_same_amount(
    recorded: str, reported: str, verdict: str
) -> None:
    assert compare(parse_quantity(recorded), parse_quantity(reported)) == verdict


@given(quantities(), quantities())
def test_comparing_the_other_way_round_gives_the_opposite(a: Quantity, b: Quantity) -> None:
    opposite = {"agrees": "agrees", "short": "exceeds", "exceeds": "short"}
    assert compare(b, a) == opposite[compare(a, b)]


@given(quantities())
def test_every_quantity_agrees_with_itself(a: Quantity) -> None:
    assert compare(a, a) == "agrees"


@pytest.mark.parametrize("text", ["近100", "将近100", "nearly 100", "almost 100"])
def test_near_is_at_most_and_stays_near(text: str) -> None:
    near = parse_quantity(text)
    assert near == Quantity(Decimal(0), Decimal(100), near=True)
    assert near.qualifier == "at_most"
    assert near != parse_quantity("至多100")
    assert total([near]) == near + ZERO == ZERO + near == near
    assert quantity_in_words(near.scaled(Decimal(2)), "zh") == "近200"


def test_what_is_added_to_near_is_near_nothing() -> None:
    near = parse_quantity("近100")
    assert quantity_in_words(near + near, "zh") == "至多200"
    assert quantity_in_words(near + parse_quantity("5"), "zh") == "5～105"


@pytest.mark.parametrize(("lower", "upper"), [("5", "100"), ("0", "0"), ("0", None)])
def test_only_an_upper_bound_can_be_near(lower: str, upper: str | None) -> None:
    with pytest.raises(QuantityError):
        Quantity(Decimal(lower), None if upper is None else Decimal(upper), near=True)


# Words


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("406", "406", "406"),
        ("9999", "9999", "9999"),
        ("25600", "25,600", "25,600"),
        ("1.3万", "13,000", "13,000"),
        ("1.50", "1.5", "1.5"),
        ("半", "0.5", "0.5"),
        ("约700", "约700", "about 700"),
        ("900余", "900以上", "at least 900"),
        ("近100", "近100", "nearly 100"),
        ("至多100", "至多100", "at most 100"),
        ("约近100", "约0～100", "about 0–100"),
        ("400-500", "400～500", "400–500"),
        ("约400-500", "约400～500", "about 400–500"),
        ("约1600以上", "约1600以上", "at least about 1600"),
        ("8000-1万", "8000～10,000", "8000–10,000"),
    ],
)
def test_a_quantity_is_shown_in_words(text: str, chinese: str, english: str) -> None:
    assert quantity_in_words(parse_quantity(text), "zh") == chinese
    assert quantity_in_words(parse_quantity(text), "en") == english


@given(quantities(), st.sampled_from(["zh", "en"]))
def test_what_is_shown_reads_back_as_the_same_quantity(quantity: Quantity, language: str) -> None:
    assert parse_quantity(quantity_in_words(quantity, language)) == quantity


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("1E+3", "1000"),
        ("1.3E+4", "13,000"),
        ("100", "100"),
        ("0.10", "0.1"),
        ("12345.60", "12,345.6"),
    ],
)
def test_a_number_is_shown_without_exponent_or_idle_zeros(number: str, shown: str) -> None:
    assert number_in_digits(Decimal(number)) == shown
