"""Numbers in running text: those that nothing on record supports are noted, the others are not."""

import pytest

from generator.archive.prose import Numbers
from generator.archive.statistics import statistics
from tests.daily import daily_archive


@pytest.fixture(scope="module")
def numbers() -> Numbers:
    archive = daily_archive()
    return Numbers(archive, statistics(archive))


@pytest.mark.parametrize(
    "text",
    [
        "消杀406栋",
        "做了 406 栋楼",
        "四百零六栋",
        "932人次",
        "九百余人次",
        "近千人次",  # as many as 932
        "１０００份",
        "1,000份",
        "8200斤",
        "4100公斤",  # the same in another unit
        "冬瓜三十四吨",
        "其中10吨",
        "21名",  # as many as there are activities
        "一个人走了两处",  # below ten: idiom
        "第12份",
        "3月14日",
        "消杀楼栋（3月14日）",
        "没有数字",
    ],
)
def test_what_is_on_record_is_not_noted(numbers: Numbers, text: str) -> None:
    assert list(numbers.strays(text)) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("消杀450栋", "450栋"),
        ("三十五吨冬瓜", "三十五吨"),
        ("5000人次", "5000人次"),
        ("健康码核验共1500次", "共1500"),
        ("共12,345份", "共12,345份"),
        ("七千多份", "七千多份"),
        ("7000余 份", "7000余 份"),
        ("三百来份", "三百来份"),
        ("77.5份", "77.5份"),
        ("７７７,份", "７７７,份"),
    ],
)
def test_what_is_not_is_noted_as_it_stands(numbers: Numbers, text: str, written: str) -> None:
    (found,) = numbers.strays(text)
    assert found.written == written
    assert text[found.start :].startswith(written)


def test_the_nearest_amounts_are_offered(numbers: Numbers) -> None:
    (found,) = numbers.strays("消杀450栋")
    assert [one.label for one in found.known] == ["消杀楼栋"] * 3
    assert max(one.quantity.lower for one in found.known) == 406
