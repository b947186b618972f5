"""The slips of those who type YAML with a Chinese input method, and what they are told."""

import pytest

from generator.reading.documents import parse

PATH = "records/activities/2020-03-04-visit.yml"

SLIPS = [
    ("date: 2020-03-04\ntitle：走访\n", "YML006", 2, 6, "title: 走访"),
    ("date：2020-03-04\ntitle：走访\n", "YML006", 1, 5, "date: 2020-03-04"),
    ("a: 1\nquotes:\n  - by：李辉\n    text: 好\n", "YML006", 3, 7, "- by: 李辉"),
    ("members: 【lihui，liaison】\n", "YML006", 1, 10, "members: [lihui, liaison]"),
    ("members: [lihui，liaison]\n", "YML006", 1, 16, "members: [lihui, liaison]"),
    ("members: [lihui、liaison]\n", "YML006", 1, 16, "members: [lihui, liaison]"),
    ("a: 1\n\u3000b: 2\n", "YML006", 2, 1, "b: 2"),
    ("a: 1\nb:\u00a02\n", "YML006", 2, 3, "b: 2"),
    ("members:\n－ lihui\n", "YML006", 2, 1, "- lihui"),
    ("date:2020-03-04\ntitle: 走访\n", "YML007", 1, 5, "date: 2020-03-04"),
    ("title: 走访\ntime:19:30\n", "YML007", 2, 5, "time: 19:30"),
    ("quotes:\n\t- by: lihui\n", "YML008", 2, 1, ""),
    ("members:\n  -lihui\n", "YML011", 2, 3, "- lihui"),
    ("members:\n  -lihui\n  -liaison\n", "YML011", 2, 3, "- lihui"),
]


@pytest.mark.parametrize(("text", "code", "line", "column", "better"), SLIPS)
def test_a_slip_is_named_where_it_was_made_with_what_to_write(
    text: str, code: str, line: int, column: int, better: str
) -> None:
    document, problems = parse(text, PATH)
    assert document is None
    first = problems[0]
    assert (first.code.id, first.place.line, first.place.column) == (code, line, column)
    if better:
        assert better in first.hint("zh")
        assert better in first.hint("en")


def test_what_is_suggested_is_a_mending() -> None:
    for text, _, line, _, better in SLIPS:
        if better and text.count("：") < 2 and "-liaison" not in text:
            lines = text.split("\n")
            indent = lines[line - 1][: len(lines[line - 1]) - len(lines[line - 1].lstrip())]
            lines[line - 1] = indent.replace("\u3000", "") + better
            document, problems = parse("\n".join(lines), PATH)
            assert document is not None, (text, better)
            assert problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "title: 时间：19：30\n",
        "summary: |\n  地点：一号楼\n  时间：19:30\n  -不是列表\n\n  \t缩进\n",
        "title: 【通知】周三开会\n",
        "title: 【通知】\n",
        "place: 户部巷，一号楼\n",
        'tags: ["甲，乙", 丙]\n',
        "url: https://example.org:8080/a：b\n",
        "caption: 搬运食用油\n  上六楼，没有电梯\n",
        "quotes:\n  - by: 阿姨\n    text: 你们——辛苦了！\n",
    ],
)
def test_full_width_punctuation_in_text_is_no_slip(text: str) -> None:
    document, problems = parse(text, PATH)
    assert problems == ()
    assert document is not None
