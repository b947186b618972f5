"""The rules of each kind: gaps that are noted, contradictions that are refused."""

import pytest

from generator.kinds.registry import ACTIVITY, ARCHIVE, DONATION, MEMBER, SOURCE, STORY, Kind
from generator.kinds.story import Story
from generator.kinds.validation import validate
from generator.reading.documents import parse

ACTIVE = "date: 2020-03-04\ntitle: 走访\ntask: patrol\n"
COMPLETE = "members: all\nfigures: [{measure: m, value: 1}]\n"
GIVEN = "date: 2020-03-04\ndonor: {name: 某厂, kind: enterprise}\n"
TOLD = "date: 2020-03-04\ntitle: 致谢\nteller: {name: 周阿姨}\ntext: 好。\n"
ARCHIVE_TEXT = "title: 小巷纪事\norganisation: 工作组\nperiod: 2020-03-01/2020-03-31\n"
ELEMENTS = "event: 走访, taken: 2020-03, place: 一号楼, people: 李辉, background: 无, credit: 王芳"


def findings(kind: Kind, text: str) -> list[tuple[str, int, int]]:
    """The rules that a valid record breaks: code, line, column."""
    document, problems = parse(text, "records/one.yml")
    assert document is not None, problems
    record, problems = validate(kind, document, "one")
    assert record is not None, [one.message("zh") for one in problems]
    return [(one.code.id, one.place.line, one.place.column) for one in problems]


# Activities ---------------------------------------------------------------------------------------


def test_an_activity_without_people_or_figures_is_noted() -> None:
    assert findings(ACTIVITY, ACTIVE) == [("ACT001", 2, 8), ("ACT002", 2, 8)]
    assert findings(ACTIVITY, ACTIVE + COMPLETE) == []


# Photographs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("photo", "codes"),
    [
        ("file: a.jpg, caption: 走访, decorative: true", []),
        (f"file: a.jpg, caption: 走访, alt: 两个人, {ELEMENTS}", []),
        (f"file: a.jpg, caption: 走访, {ELEMENTS}", ["IMG004"]),
        ("file: a.jpg, caption: 走访, alt: 两个人", ["IMG006"]),
        ("pending: true, caption: 走访, decorative: true", ["IMG003"]),
        ("file: a.jpg, illustration: true, caption: 走访, decorative: true", ["IMG003"]),
        ("caption: 走访, decorative: true", ["FLD001"]),
        ("pending: false, caption: 走访, decorative: true", ["FLD001"]),
    ],
)
def test_what_a_photograph_lacks(photo: str, codes: list[str]) -> None:
    found = findings(ACTIVITY, f"{ACTIVE}{COMPLETE}photos:\n  - {{{photo}}}\n")
    assert [code for code, *_ in found] == codes
    assert all(line == 7 for _, line, _ in found)


def test_a_portrait_is_a_photograph_too() -> None:
    assert findings(
        MEMBER, "name: 李辉\nrole: 组长\nportrait: {caption: 李辉, decorative: true}\n"
    ) == [("FLD001", 3, 11)]


def test_a_drawing_says_that_it_stands_in() -> None:
    photo = "{file: a.png, caption: x, illustration: true, decorative: true}"
    text = f"{ACTIVE}{COMPLETE}photos: [{photo}]"
    document, _ = parse(text, "records/one.yml")
    assert document is not None
    _, (problem,) = validate(ACTIVITY, document, "one")
    assert "以示意图代替" in problem.message("zh")
    assert "a drawing stands in" in problem.message("en")


# Members ------------------------------------------------------------------------------------------


def test_a_member_without_a_name_is_a_gap_and_no_mistake() -> None:
    assert findings(MEMBER, "role: 组员\n") == [("MEM001", 1, 1)]
    assert findings(MEMBER, "role: 组员\nname: 李辉\n") == []


# Donations ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ("[{item: 面粉, quantity: 20, unit: kg}]", []),
        ("[{item: 面粉}]", ["DON002"]),
        ("[{item: 面粉, unit: kg}]", ["DON002"]),
        ("[{item: 面粉, quantity: 20}]", ["DON003"]),
        ("[{item: 面粉}, {item: 盐, quantity: 2}]", ["DON002", "DON003"]),
    ],
)
def test_a_quantity_needs_a_unit_and_may_be_unknown(items: str, codes: list[str]) -> None:
    assert [code for code, *_ in findings(DONATION, f"{GIVEN}items: {items}\n")] == codes


@pytest.mark.parametrize(
    ("distributions", "codes"),
    [
        ("[{to: 一号楼, item: 面粉, quantity: 20}]", []),
        ("[{to: 一号楼, item: 面粉}]", []),
        ("[{to: 甲, item: 面粉, quantity: 12}, {to: 乙, item: 面粉, quantity: 8}]", []),
        ("[{to: 甲, item: 面粉, quantity: 12}, {to: 乙, item: 面粉, quantity: 9}]", ["DON004"]),
        ("[{to: 一号楼, item: 面粉, quantity: 至多30}]", []),
        ("[{to: 一号楼, item: 面粉, quantity: 20多}]", []),
        ("[{to: 一号楼, item: 面分}]", ["DON001"]),
        ("[{to: 一号楼, item: 大米, quantity: 5}]", ["DON001"]),
    ],
)  # fmt: skip
def test_what_goes_out_has_come_in(distributions: str, codes: list[str]) -> None:
    text = (
        f"{GIVEN}items: [{{item: 面粉, quantity: 20, unit: kg}}]\ndistributions: {distributions}\n"
    )
    assert [code for code, *_ in findings(DONATION, text)] == codes


@pytest.mark.parametrize(
    ("items", "codes"),
    [
        ("{item: 面粉, quantity: 12, unit: kg}, {item: 面粉, quantity: 10, unit: kg}", []),
        ("{item: 面粉, quantity: 12, unit: kg}, {item: 面粉, quantity: 3, unit: kg}", ["DON004"]),
        ("{item: 面粉, quantity: 12, unit: kg}, {item: 面粉, quantity: 1, unit: bag}", []),
        ("{item: 面粉, quantity: 12, unit: kg}, {item: 面粉, unit: kg}", ["DON002"]),
    ],
)
def test_what_came_in_several_lots_counts_together(items: str, codes: list[str]) -> None:
    handed_on = "distributions: [{to: 一号楼, item: 面粉, quantity: 20}]\n"
    found = findings(DONATION, f"{GIVEN}items: [{items}]\n{handed_on}")
    assert [code for code, *_ in found] == codes


@pytest.mark.parametrize("received", ["20多", "约20"])
def test_an_open_or_approximate_receipt_is_not_overspent_by_a_little(received: str) -> None:
    text = (
        f"{GIVEN}items: [{{item: 面粉, quantity: {received}, unit: kg}}]\n"
        "distributions: [{to: 一号楼, item: 面粉, quantity: 21}]\n"
    )
    assert "DON001" not in [code for code, *_ in findings(DONATION, text)]


# Stories ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["granted", "verbal", "not_needed"])
def test_with_consent_a_story_is_published(status: str) -> None:
    assert findings(STORY, f"{TOLD}consent: {{status: {status}}}\n") == []


@pytest.mark.parametrize("status", ["refused", "withdrawn"])
def test_without_consent_a_story_is_withheld_with_a_warning(status: str) -> None:
    assert findings(STORY, f"{TOLD}consent: {{status: {status}}}\n") == [("PRI001", 5, 10)]


def test_consent_is_for_insiders_unless_it_says_more() -> None:
    document, _ = parse(f"{TOLD}consent: {{status: granted}}\n", "records/one.yml")
    assert document is not None
    story, _ = validate(STORY, document, "one")
    assert isinstance(story, Story)
    assert story.consent.audience == "internal"
    assert story.teller.display == "anonymous"


# Sources ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "codes"),
    [
        ("{measure: m, value: 1}", []),
        ("{item: 面粉, value: 1, unit: kg}", []),
        ("{value: 1}", ["CLM001"]),
        ("{measure: m, item: 面粉, value: 1, unit: kg}", ["CLM001"]),
        ("{item: 面粉, value: 1}", ["CLM001"]),
    ],
)
def test_a_claim_says_what_it_is_about(claim: str, codes: list[str]) -> None:
    text = f"title: 通报\nkind: notice\nclaims:\n  - {claim}\n"
    assert [code for code, *_ in findings(SOURCE, text)] == codes


# The archive's own file ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "vocabulary", ["tasks", "measures", "units", "item_categories", "places", "batches"]
)
def test_an_id_stands_once_in_a_vocabulary(vocabulary: str) -> None:
    text = f"{ARCHIVE_TEXT}{vocabulary}:\n  - id: a\n  - id: b\n  - id: a\n"
    assert findings(ARCHIVE, text) == [("ARC001", 7, 9)]


def test_two_vocabularies_may_share_an_id() -> None:
    assert findings(ARCHIVE, f"{ARCHIVE_TEXT}tasks: [{{id: a}}]\nplaces: [{{id: a}}]\n") == []


@pytest.mark.parametrize(
    ("unit", "column"),
    [
        ("{id: a, factor: 2}", 21),
        ("{id: a, base: a, factor: 2}", 30),
        ("{id: a, base: jin, factor: 2}", 19),
    ],
)
def test_a_unit_converts_in_one_step_to_a_base_unit(unit: str, column: int) -> None:
    known = "units:\n  - {id: kg}\n  - {id: jin, base: kg, factor: 0.5}\n"
    text = f"{ARCHIVE_TEXT}{known}  - {unit}\n"
    assert findings(ARCHIVE, text) == [("ARC002", 7, column)]


def test_units_that_convert_are_fine() -> None:
    units = "units: [{id: kg, base: kg}, {id: t, base: kg, factor: 1000}, {id: m}]\n"
    assert findings(ARCHIVE, ARCHIVE_TEXT + units) == []
