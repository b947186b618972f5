"""What each kind of record needs, what it may have, and what it says to anything else."""

import re
from decimal import Decimal
from typing import Any

import pytest

from generator.kinds.activity import Activity
from generator.kinds.archive_file import ArchiveFile
from generator.kinds.donation import Donation
from generator.kinds.fields import Record
from generator.kinds.member import Member
from generator.kinds.registry import ACTIVITY, ARCHIVE, DONATION, KINDS, MEMBER, SOURCE, STORY, Kind
from generator.kinds.source import Source
from generator.kinds.story import Story
from generator.kinds.validation import meaning_of, record_id, validate
from generator.problems.problem import Problem
from generator.reading.documents import parse

LEAST: dict[str, str] = {
    "archive": "title: 小巷纪事\norganisation: 工作组\nperiod: 2020-03-01/2020-03-31\n",
    "member": "role: 组员\n",
    "activity": "date: 2020-03-04\ntitle: 走访\ntask: patrol\n",
    "donation": (
        "date: 2020-03-04\ndonor: {name: 某厂, kind: enterprise}\nitems: [{item: 面粉}]\n"
    ),
    "story": "date: 2020-03-04\ntitle: 致谢\nteller: {}\nconsent: {status: granted}\ntext: 好。\n",
    "source": "title: 通报\nkind: notice\n",
}
REQUIRED: dict[str, list[str]] = {
    "archive": ["title", "organisation", "period"],
    "member": ["role"],
    "activity": ["date", "title", "task"],
    "donation": ["date", "donor", "items"],
    "story": ["date", "title", "teller", "consent", "text"],
    "source": ["title", "kind"],
}
OPTIONAL: dict[str, list[str]] = {
    "archive": [
        "subtitle", "place", "timezone", "languages", "licence", "contact", "default_visibility",
        "mark", "colours", "hero", "tasks", "measures", "units", "item_categories", "places",
        "batches",
    ],
    "member": [
        "name", "aliases", "batch", "joined", "left", "unit", "rank", "cohort", "gender", "bio",
        "portrait", "visibility", "name_visibility",
    ],
    "activity": [
        "time", "members", "reported_by", "place", "summary", "figures", "photos", "quotes",
        "sources", "tags", "visibility",
    ],
    "donation": [
        "via", "recipient", "distributions", "occasion", "summary", "photos", "sources",
        "visibility",
    ],
    "story": ["recorded_by", "photos", "sources", "visibility"],
    "source": ["publisher", "author", "date", "url", "note", "claims"],
}  # fmt: skip
EVERY_KIND = (ARCHIVE, *KINDS)
by_name = pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.name)


def check(kind: Kind, text: str, id: str = "one") -> tuple[Record | None, tuple[Problem, ...]]:
    document, problems = parse(text, f"records/{id}.yml")
    assert document is not None, problems
    return validate(kind, document, id)


def record(kind: Kind, more: str = "") -> Any:
    found, problems = check(kind, LEAST[kind.name] + more)
    assert found is not None, [one.message("zh") for one in problems]
    return found


def refusals(kind: Kind, more: str) -> list[tuple[str, int, int]]:
    found, problems = check(kind, LEAST[kind.name] + more)
    assert found is None
    return [(one.code.id, one.place.line, one.place.column) for one in problems]


def refusal(kind: Kind, more: str) -> Problem:
    found, problems = check(kind, LEAST[kind.name] + more)
    assert found is None
    (only,) = problems
    return only


def without(kind: Kind, field: str) -> str:
    lines = LEAST[kind.name].splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(f"{field}:"))


# Which fields there are ---------------------------------------------------------------------------


@by_name
def test_the_required_fields_are_enough(kind: Kind) -> None:
    assert isinstance(record(kind), kind.model)


@by_name
def test_each_required_field_is_missed_by_name(kind: Kind) -> None:
    for field in REQUIRED[kind.name]:
        found, problems = check(kind, without(kind, field) + "visibility: public\n")
        assert found is None
        assert [one.code.id for one in problems] == ["FLD001"]
        assert f"“{field}”" in problems[0].message("zh")


@by_name
def test_a_required_field_left_blank_is_asked_for(kind: Kind) -> None:
    for field in REQUIRED[kind.name]:
        if field == "teller":
            continue  # nothing about the teller is a teller without a name
        _, problems = check(kind, f"{field}:\n{without(kind, field)}")
        assert [one.code.id for one in problems] == ["FLD005"]
        assert problems[0].place.line == 1


def test_a_teller_of_whom_nothing_is_written_is_nobody_in_particular() -> None:
    found, problems = check(STORY, LEAST["story"].replace("teller: {}", "teller:"))
    assert problems == ()
    assert found == record(STORY)


@by_name
def test_every_promised_field_exists_and_may_be_left_out_or_blank(kind: Kind) -> None:
    fields = kind.model.model_fields
    assert {*REQUIRED[kind.name], *OPTIONAL[kind.name]} <= fields.keys()
    assert {name for name, one in fields.items() if one.is_required()} == {
        "id", "path", *REQUIRED[kind.name]
    }  # fmt: skip
    blank = "".join(f"{field}:\n" for field in OPTIONAL[kind.name])
    assert record(kind, blank) == record(kind)


@by_name
def test_an_unknown_field_is_named_with_the_nearest_known_one(kind: Kind) -> None:
    field = REQUIRED[kind.name][0]
    problem = refusal(kind, f"{field[:-1]}x: 1\n")
    assert problem.code.id == "FLD002"
    assert f"是不是 “{field}”" in problem.message("zh")
    assert field in problem.hint("en")


@by_name
def test_a_chinese_field_name_is_translated(kind: Kind) -> None:
    field = REQUIRED[kind.name][0]
    meaning = meaning_of(kind.model, field)["zh"]
    problem = refusal(kind, f"{re.split('[，、；（]', meaning)[0]}: 1\n")
    assert f"是不是 “{field}”" in problem.message("zh")


@by_name
@pytest.mark.parametrize("field", ["id", "path"])
def test_what_the_file_gives_is_never_written_in_it(kind: Kind, field: str) -> None:
    _, problems = check(kind, LEAST[kind.name] + f"{field}: other\n")
    assert "FLD002" in [one.code.id for one in problems]


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    more = "time: soon\nmembres: x\nvisibility: publik\nfigures: [{measure: m}, 3]\n"
    assert sorted(refusals(ACTIVITY, more)) == [
        ("FLD001", 7, 11),
        ("FLD002", 5, 1),
        ("FLD003", 4, 7),
        ("FLD003", 7, 25),
        ("FLD004", 6, 13),
    ]


def test_of_very_many_mistakes_a_hundred_are_told() -> None:
    found, problems = check(ACTIVITY, "".join(f"wrong{n}: 1\n" for n in range(2000)))
    assert found is None
    assert len(problems) == 100


# The forms of values ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2020-03-04", "2020-03-04", "2020-03-04"),
        ("2020-03", "2020-03-01", "2020-03-31"),
        ("2020-03-XX", "2020-03-01", "2020-03-31"),
        ("2020-03-04~", "2020-03-04", "2020-03-04"),
        ("2020-02-29/2020-03-31", "2020-02-29", "2020-03-31"),
        ('"[2020-03-01..2020-03-31]"', "2020-03-01", "2020-03-31"),
        ("[2020-03-01..2020-03-31]", "2020-03-01", "2020-03-31"),
        ("[2020-03-01, 2020-03-05]", "2020-03-01", "2020-03-05"),
    ],
)
def test_a_date_may_be_as_vague_as_it_is(written: str, earliest: str, latest: str) -> None:
    found, problems = check(ACTIVITY, f"date: {written}\ntitle: x\ntask: y\n")
    assert isinstance(found, Activity), problems
    assert (found.date.earliest.isoformat(), found.date.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize("written", ["soon", "2020-02-30", "04/03/2020", "{a: 1}", "[[2020]]", "1"])
def test_what_is_no_date_is_told_with_the_forms_that_are(written: str) -> None:
    _, problems = check(ACTIVITY, f"date: {written}\ntitle: x\ntask: y\n")
    assert [(one.code.id, one.place.line, one.place.column) for one in problems] == [
        ("DAT001", 1, 7)
    ]
    assert "2020-03-04" in problems[0].hint("zh")


@pytest.mark.parametrize("written", ["2020年3月4日", "2020/3/4", "2020-3-4"])
def test_a_date_written_another_way_gets_the_right_one_suggested(written: str) -> None:
    _, (problem,) = check(ACTIVITY, f"date: {written}\ntitle: x\ntask: y\n")
    assert "“2020-03-04”" in problem.message("zh")


@pytest.mark.parametrize(
    ("written", "qualifier", "lower"),
    [
        ("406", "exact", 406),
        ("约700", "about", 700),
        ("8000多", "at_least", 8000),
        ("900余", "at_least", 900),
        ("400-500", "range", 400),
        ("{value: 900, qualifier: at_least}", "at_least", 900),
        ("{value: 900, qualifier: about}", "about", 900),
        ("{value: 900, qualifier: exact}", "exact", 900),
        ("{value: 900, qualifier: at_most}", "at_most", 0),
        ("{value: 约900}", "about", 900),
        ("{value: 900, qualifier: }", "exact", 900),
    ],
)
def test_a_quantity_keeps_its_honesty(written: str, qualifier: str, lower: int) -> None:
    activity: Activity = record(ACTIVITY, f"figures: [{{measure: m, value: {written}}}]\n")
    value = activity.figures[0].value
    assert (str(value.qualifier), value.lower) == (qualifier, Decimal(lower))


@pytest.mark.parametrize(
    "written",
    [
        "many", "-3", "{value: 900, qualifier: maybe}", "{value: 900, qualifier: range}",
        "{value: 约900, qualifier: exact}", "{qualifier: about}", "{value: 3, unit: kg}",
        "{value: {a: b}}", "[1, 2]", "{}", "1e9999",
    ],
)  # fmt: skip
def test_what_is_no_quantity_is_told_where_it_stands(written: str) -> None:
    problem = refusal(ACTIVITY, f"figures: [{{measure: m, value: {written}}}]\n")
    assert (problem.code.id, problem.place.line, problem.place.column) == ("QTY001", 4, 31)


@pytest.mark.parametrize("time", ["00:00", "09:05", "19:30", "23:59"])
def test_a_time_of_day(time: str) -> None:
    assert record(ACTIVITY, f"time: {time}\n").time == time


@pytest.mark.parametrize(
    "time", ["24:00", "7:30", "19:60", "19：30", "１９:30", "19:30:00", "晚上"]
)
def test_what_is_no_time_of_day(time: str) -> None:
    problem = refusal(ACTIVITY, f"time: {time}\n")
    assert problem.code.id == "FLD003"
    assert "19:30" in problem.message("zh")


@pytest.mark.parametrize(
    ("written", "members"), [("a", ("a",)), ("[a]", ("a",)), ("[a, b]", ("a", "b")), ("[]", ())]
)
def test_one_entry_needs_no_list(written: str, members: tuple[str, ...]) -> None:
    assert record(ACTIVITY, f"members: {written}\n").members == members


def test_a_line_is_trimmed_and_never_empty() -> None:
    assert record(ACTIVITY, "place: '  一号楼  '\n").place == "一号楼"
    assert refusal(ACTIVITY, "place: '   '\n").code.id == "FLD003"


def test_a_line_has_an_end() -> None:
    assert record(ACTIVITY, f"place: {'楼' * 300}\n")
    assert refusal(ACTIVITY, f"place: {'楼' * 301}\n").code.id == "FLD003"


@pytest.mark.parametrize("written", ["{a: 1}", "[a]", "[[a]]"])
def test_a_line_is_no_list_and_no_group(written: str) -> None:
    assert refusal(ACTIVITY, f"place: {written}\n").code.id == "FLD003"


@pytest.mark.parametrize("visibility", ["public", "internal", "private"])
@by_name
def test_every_record_says_who_may_see_it(kind: Kind, visibility: str) -> None:
    assert record(kind, f"visibility: {visibility}\n").visibility == visibility


@by_name
def test_a_wrong_choice_is_told_with_the_right_ones(kind: Kind) -> None:
    problem = refusal(kind, "visibility: privat\n")
    assert problem.code.id == "FLD004"
    assert "“private”" in problem.message("en")
    assert "public、internal、private" in problem.hint("en")


@pytest.mark.parametrize("amount", ["12.50", "0", "99999999"])
def test_money(amount: str) -> None:
    text = LEAST["donation"].replace("{item: 面粉}", f"{{item: 面粉, value_cny: {amount}}}")
    donation, problems = check(DONATION, text)
    assert isinstance(donation, Donation), problems
    assert donation.items[0].value_cny == Decimal(amount)


@pytest.mark.parametrize("amount", ["-1", "1e999999999", "nan", "inf", "0.001", "十元"])
def test_what_is_no_money(amount: str) -> None:
    text = LEAST["donation"].replace("{item: 面粉}", f"{{item: 面粉, value_cny: {amount}}}")
    assert [one.code.id for one in check(DONATION, text)[1]] == ["FLD003"]


def test_a_gift_is_of_something() -> None:
    text = LEAST["donation"].replace("[{item: 面粉}]", "[]")
    assert [one.code.id for one in check(DONATION, text)[1]] == ["FLD003"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "www.example.org", "file:///etc/passwd"])
def test_an_address_is_one_of_the_web(url: str) -> None:
    assert refusal(SOURCE, f"url: {url}\n").code.id == "FLD003"
    assert record(SOURCE, "url: https://example.org/a?b=c#d\n").url


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "#12345g", "url(x)"])
def test_a_colour_is_six_digits(colour: str) -> None:
    assert refusal(ARCHIVE, f"colours: {{accent: '{colour}'}}\n").code.id == "FLD003"
    assert record(ARCHIVE, "colours: {accent: '#1F6f5c'}\n").colours.accent == "#1F6f5c"


# The file's name ----------------------------------------------------------------------------------


@pytest.mark.parametrize("stem", ["2020-03-04-meeting", "a", "7", "li-hui", "x" * 100])
def test_a_file_name_gives_the_id(stem: str) -> None:
    assert record_id(f"records/activities/2020/{stem}.yml") == stem


@pytest.mark.parametrize(
    "stem", ["走访", "A", "-a", "a_b", "a b", "a.b", "x" * 101, "con", "é", "a\n", ".."]
)
def test_a_file_name_that_could_be_no_address_gives_none(stem: str) -> None:
    found = record_id(f"records/activities/{stem}.yml")
    assert isinstance(found, Problem)
    assert found.code.id == "IDN001"
    suggested = re.search(r"例如 (\S+)\.yml", found.hint("zh"))
    assert suggested is not None
    assert record_id(f"x/{suggested[1]}.yml") == suggested[1]


# Records as values --------------------------------------------------------------------------------


@by_name
def test_a_record_cannot_be_changed(kind: Kind) -> None:
    found = record(kind)
    for name in kind.model.model_fields:
        with pytest.raises(ValueError, match="frozen"):
            setattr(found, name, None)


@by_name
def test_the_same_text_is_the_same_record(kind: Kind) -> None:
    assert record(kind) == record(kind)


@by_name
def test_the_parts_of_a_record_cannot_be_changed_either(kind: Kind) -> None:
    def immutable(value: object) -> bool:
        if isinstance(value, tuple):
            return all(immutable(one) for one in value)
        return not isinstance(value, list | set | dict)

    assert [name for name, value in record(kind) if not immutable(value)] == []


def test_models_carry_the_names_of_their_kinds() -> None:
    models = {Member, Activity, Donation, Story, Source, ArchiveFile}
    assert {kind.model for kind in EVERY_KIND} == models
    assert {MEMBER.folder, STORY.folder} == {"members", "stories"}
