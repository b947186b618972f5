"""Personal data is found however it is written, told from other numbers, and never shown."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.values.personal import (
    _all,
    check_character,
    luhn,
    may_hold_personal_data,
    personal_data,
    without_personal_data,
)
from generator.values.text import collapse, half_width

FULL_WIDTH = {ord("0") + n: 0xFF10 + n for n in range(10)}


def kinds(text: str, *names: str) -> list[tuple[str, str]]:
    return [(one.what, one.certainty) for one in personal_data(text, names)]


days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
provinces = st.sampled_from(["11", "31", "42", "44", "65"])
separators = st.sampled_from(["", " ", "-"])


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    """Numbers of nobody: made of a province, a day and a serial number, with a right check."""
    body = draw(provinces) + draw(st.text("0123456789", min_size=4, max_size=4))
    body += draw(days).strftime("%Y%m%d").rjust(8, "0")
    body += draw(st.text("0123456789", min_size=3, max_size=3))
    return body + check_character(body)


def written(number: str, wide: bool, separator: str, every: int) -> str:
    parts = [number[at : at + every] for at in range(0, len(number), every)]
    text = separator.join(parts)
    return text.translate(FULL_WIDTH) if wide else text


@given(number=identity_numbers(), wide=st.booleans(), separator=separators,
       every=st.integers(3, 6))  # fmt: skip
def test_an_identity_number_is_found_however_it_is_written(
    number: str, wide: bool, separator: str, every: int
) -> None:
    text = f"身份证{written(number, wide, separator, every)}，已登记"
    assert kinds(text) == [("resident_id", "certain")]
    hidden = without_personal_data(text)
    assert len(hidden) == len(text)
    assert number[4:14] not in hidden.translate({v: k for k, v in FULL_WIDTH.items()})


@given(number=identity_numbers(), wrong=st.integers(1, 9))
def test_a_wrong_check_character_makes_it_only_likely(number: str, wrong: int) -> None:
    other = "0123456789X"[("0123456789X".index(number[-1]) + wrong) % 11]
    assert all(kind == ("resident_id", "likely") for kind in kinds(number[:-1] + other))


@given(number=identity_numbers())
def test_the_form_of_fifteen_digits_is_likely(number: str) -> None:
    old = number[:6] + number[8:17]
    assert kinds(f"（{old}）") in ([("resident_id", "likely")], [])
    if number[6:8] == "19":
        assert kinds(f"（{old}）") == [("resident_id", "likely")]


@given(rest=st.text("0123456789", min_size=9, max_size=9), second=st.sampled_from("3456789"),
       wide=st.booleans(), separator=separators, prefix=st.sampled_from(["", "+86 ", "86-"]))  # fmt: skip
def test_a_mobile_number_is_found_however_it_is_written(
    rest: str, second: str, wide: bool, separator: str, prefix: str
) -> None:
    number = f"1{second}{rest}"
    spelt = separator.join((number[:3], number[3:7], number[7:]))
    text = f"电话{prefix}{spelt.translate(FULL_WIDTH) if wide else spelt}。"
    assert ("mobile", "certain") in kinds(text)
    assert number not in without_personal_data(text)


@given(body=st.text("0123456789", min_size=13, max_size=16))
def test_a_bank_card_is_found_by_its_check_digit(body: str) -> None:
    card = next(f"62{body}{n}" for n in range(10) if luhn(f"62{body}{n}"))
    assert ("bank_card", "certain") in kinds(card) or ("resident_id", "certain") in kinds(card)
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert ("bank_card", "certain") not in kinds(wrong)


@given(st.text("0123456789０１３８年月日-/.:：@QQＱＶｖｘ微信号楼室王阿姨鄂ＡA \n[]", max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    found = personal_data(text, ("王阿姨",))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert len(without_personal_data(text)) == len(text)


parts = st.sampled_from([
    *("138", "0013", "8000", "027", "88880000", "11010519491231002", "X", "62", "12345", "１３８"),
    *("+86", "-", "－", " ", "  ", "\n", "\u3000", "(", ")", "（", "）", "：", "是", "号"),
    *("鄂", "A", "Ａ", "·", "微信", "ＶＸ", "qq", "abc_123", "a@b.cn", "3栋", "室", "王阿姨"),
])  # fmt: skip


@given(st.lists(parts, max_size=12).map("".join))
@example("027)88880000")
@example("鄂Ａ12345")
def test_the_quick_look_misses_nothing(text: str) -> None:
    if any(_all(half_width(text), ("王阿姨",))):
        assert may_hold_personal_data(text)
        assert may_hold_personal_data(collapse(text))


@pytest.mark.parametrize(
    ("text", "what", "certainty"),
    [
        ("微信号：zhou_ayi66", "wechat", "certain"),
        ("加我微信: abc-12345", "wechat", "certain"),
        ("QQ：12345678", "qq", "certain"),
        ("QQ号是 100200300", "qq", "certain"),
        ("写到 wang@example.org 来", "email", "likely"),
        ("鄂A·12345", "plate", "likely"),
        ("鄂AD12345 到了", "plate", "likely"),
        ("王阿姨 027-88880000", "landline", "likely"),
        ("李师傅住3栋2单元1102室", "dwelling", "likely"),
    ],
)
def test_accounts_plates_and_dwellings_are_found(text: str, what: str, certainty: str) -> None:
    assert kinds(text) == [(what, certainty)]


def test_what_belongs_to_a_known_name_is_that_persons() -> None:
    assert kinds("周梅花 027-88880000", "周梅花") == [("landline", "likely")]


@pytest.mark.parametrize(
    "text",
    [
        "值班电话 027-88880000",  # beside nobody's name
        "消杀3号楼、5号楼，到502室取药",
        "2020-02-29/2020-03-31，8000多斤，25,600人次",
        "2020年3月4日19:30，第123456789012号文件",
        "https://example.org/a/20200402123456.html",
        "微信群里通知大家",
        "QQ 群",
        "编号 1583312345678",
        "@所有人",
        "京剧A角12345",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert personal_data(text) == ()


def test_the_numbers_of_the_standards_are_right() -> None:
    assert check_character("11010519491231002") == "X"  # GB 11643-1999, annex
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")


@pytest.mark.parametrize("text", ["鄂Ａ１２３４５", "ｖｘ：abcdef12", "Ｖ信：abcdef12"])
def test_letters_as_wide_as_characters_hide_nothing(text: str) -> None:
    assert personal_data(text)
