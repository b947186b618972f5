"""Whatever happens to a record: no exception, no hang, and every problem lies in the file."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.kinds.registry import ACTIVITY, ARCHIVE, DONATION, MEMBER, SOURCE, STORY, Kind
from generator.kinds.validation import validate
from generator.problems.problem import Problem
from generator.problems.reporters import as_annotations, as_json, as_text
from generator.reading.documents import parse
from generator.reading.text_files import decode
from tests.archives import BASE

NAME = "records/some/2020-03-04-mutated.yml"
RECORDS: list[tuple[Kind, str]] = [
    (ARCHIVE, "archive.yml"),
    (MEMBER, "members/lihui.yml"),
    (ACTIVITY, "activities/2020/2020-03-04-delivery.yml"),
    (DONATION, "donations/melons.yml"),
    (STORY, "stories/thumbs-up.yml"),
    (SOURCE, "sources/notice.yml"),
]
TEXTS = {kind.name: (BASE / "records" / name).read_text("utf-8") for kind, name in RECORDS}
SYNTAX = [
    *":-?[]{},&*#|>!%@`'\"\n\t ~<：，【】字", "\u3000", "\u00a0", "\ufeff", "\u2028", "\x00",
    "\x85", "\U0001f600", ": ", "- ", "\n  ", "<<: *a", "&a ", "*a", "!!x ", "null", "1e999", "-1",
    "[[", "}}", "{a: ", "---\n", "...\n", "%TAG ! x\n", "? ", "| \n", ">-\n",
]  # fmt: skip


def examine(kind: Kind, content: bytes) -> None:
    """Read, validate and report as `chronicle check` does, and look at every problem."""
    text = decode(content, NAME)
    if isinstance(text, Problem):
        look_at((text,), content.decode("utf-8", errors="replace"))
        return
    document, problems = parse(text, NAME)
    assert document is not None or problems
    if document is not None:
        record, more = validate(kind, document, "2020-03-04-mutated")
        assert record is not None or more or problems
        problems += more
        if record is not None:
            list(record.mentions())
    look_at(problems, text)


def look_at(problems: tuple[Problem, ...], text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for one in problems:
        place = one.place
        assert place.path == NAME
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        if place.stated:
            assert place.stated == lines[place.line - 1]
            assert place.column - 1 + place.length <= max(len(place.stated), place.column)
    for language in ("zh", "en"):
        as_text(problems, language)
        as_json(problems, language)
        as_annotations(problems, language)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text after a few slips: deleted, doubled, exchanged or typed over."""
    for _ in range(draw(st.integers(1, 5))):
        text = _mutation(draw, text)
    return text


def _mutation(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    to = min(len(text), at + draw(st.integers(1, 12)))
    lines = text.split("\n")
    line, other = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match draw(st.integers(0, 7)):
        case 0:
            return text[:at] + text[to:]
        case 1:
            return text[:to] + text[at:]
        case 2:
            return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        case 3:
            return f"{text[:at]}{draw(st.sampled_from(SYNTAX))}{text[at:]}"
        case 4:
            return f"{text[:at]}{draw(st.sampled_from(SYNTAX))}{text[to:]}"
        case 5:
            lines[line], lines[other] = lines[other], lines[line]
        case 6:
            lines.insert(line, lines[other])
        case _:
            lines[line] = " " * draw(st.integers(0, 6)) + lines[line].strip()
    return "\n".join(lines)


@pytest.mark.parametrize("kind", [kind for kind, _ in RECORDS], ids=lambda kind: kind.name)
@given(choices=st.data())
@settings(max_examples=400)
def test_a_record_with_slips_of_the_hand(kind: Kind, choices: st.DataObject) -> None:
    text = choices.draw(mutated(TEXTS[kind.name]))
    examine(kind, text.encode("utf-8", errors="surrogatepass"))


@pytest.mark.parametrize("kind", [kind for kind, _ in RECORDS], ids=lambda kind: kind.name)
def test_a_record_with_random_bytes_in_it(kind: Kind) -> None:
    chance = random.Random(kind.name)
    original = TEXTS[kind.name].encode("utf-8")
    for _ in range(400):
        content = bytearray(original)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(content))
            match chance.randrange(3):
                case 0:
                    content[at] = chance.randrange(256)
                case 1:
                    del content[at : at + chance.randint(1, 30)]
                case _:
                    content[at:at] = chance.randbytes(chance.randint(1, 6))
        examine(kind, bytes(content))


@pytest.mark.parametrize("kind", [kind for kind, _ in RECORDS], ids=lambda kind: kind.name)
def test_a_record_cut_off_anywhere(kind: Kind) -> None:
    text = TEXTS[kind.name]
    for end in range(len(text)):
        examine(kind, text[:end].encode("utf-8"))


@given(st.binary(max_size=200))
def test_random_bytes(content: bytes) -> None:
    examine(ACTIVITY, content)


@given(st.text(st.sampled_from("".join(SYNTAX)), max_size=60))
@settings(max_examples=1000)
def test_random_syntax(text: str) -> None:
    examine(ACTIVITY, text.encode("utf-8"))


NASTY = st.recursive(
    st.one_of(
        st.none(),
        st.sampled_from(
            ["", "all", "no", "-1", "1e999999", "nan", "inf", "0.5", "2020-03-04", "约7", "x" * 400]
        ),
        st.text(max_size=8),
    ),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(max_size=5), one, max_size=3),
    max_leaves=8,
)  # fmt: skip


@pytest.mark.parametrize("kind", [kind for kind, _ in RECORDS], ids=lambda kind: kind.name)
@given(choices=st.data())
@settings(max_examples=150)
def test_any_value_in_any_field(kind: Kind, choices: st.DataObject) -> None:
    names = st.sampled_from(sorted(kind.model.model_fields))
    fields = choices.draw(st.dictionaries(names, NASTY, max_size=4))
    lines = TEXTS[kind.name].split("\n")
    kept = [line for line in lines if line.partition(":")[0] not in fields]
    while kept and kept[0].startswith((" ", "-")):
        kept.pop(0)
    added = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    examine(kind, "\n".join([*added, *kept]).encode("utf-8", errors="surrogatepass"))
