"""Findings as text, JSON, annotations and SARIF: nothing lost, nothing that could be misread."""

import json
from typing import Any

import pytest
from sarif_pydantic import Sarif

from generator.problems.catalogue import DAT002, REF001, YML002
from generator.problems.problem import Place, Problem, near_words, problem
from generator.problems.reporters import as_annotations, as_json, as_sarif, as_text, counts, summary

STATED = "members: [李辉, lihiu]"
UNKNOWN = problem(
    REF001,
    Place("records/activities/2020-03-04-visit.yml", 6, 15, 5, STATED),
    kind_zh="成员",
    kind_en="member",
    id="lihiu",
    **near_words("lihui"),
)
OUTSIDE = problem(DAT002, Place("records/a.yml", 1, 7), date="2021", period="2020")


def test_text_says_where_what_and_shows_the_line() -> None:
    assert as_text([UNKNOWN], "zh") == (
        "records/activities/2020-03-04-visit.yml:6:15: 错误 REF001 "
        "没有成员 “lihiu”。是不是 “lihui”？\n"
        "  6 | members: [李辉, lihiu]\n"
        "    |                 ^~~~~"
    )


def test_text_speaks_english_too() -> None:
    assert as_text([UNKNOWN], "en").startswith(
        "records/activities/2020-03-04-visit.yml:6:15: error REF001 "
        "there is no member “lihiu”. Did you mean “lihui”?\n"
    )


def test_a_hint_follows_the_excerpt() -> None:
    assert as_text([OUTSIDE], "zh").split("\n")[-1].startswith("    → 核对日期")


def test_a_long_line_is_cut_around_the_place() -> None:
    stated = "字" * 500 + "here" + "字" * 500
    shown = as_text([problem(YML002, Place("a.yml", 3, 501, 4, stated), key="k", first=1)], "zh")
    line, marker = shown.split("\n")[1:3]
    assert "here" in line
    assert len(line) < 120
    assert marker.endswith("^~~~")


def test_an_excerpt_cannot_steer_the_terminal() -> None:
    steering = Place("records/\x1b[31m.yml", 1, 1, 1, "a: \x1b[2J\u202e")
    shown = as_text([problem(YML002, steering, key="\x1b]0;x\x07", first=1)], "zh")
    assert all(line.isprintable() for line in shown.split("\n"))


def test_the_counts_name_every_severity() -> None:
    assert counts([]) == {"error": 0, "warning": 0, "note": 0}
    assert counts([UNKNOWN, UNKNOWN, OUTSIDE]) == {"error": 2, "warning": 1, "note": 0}
    assert summary([UNKNOWN], "zh") == "1 个错误，0 个警告，0 条提示"


def test_json_has_the_promised_fields() -> None:
    report: dict[str, Any] = json.loads(as_json([UNKNOWN, OUTSIDE], "zh"))
    assert report["counts"] == {"error": 1, "warning": 1, "note": 0}
    assert report["problems"][0] == {
        "code": "REF001",
        "severity": "error",
        "path": "records/activities/2020-03-04-visit.yml",
        "line": 6,
        "column": 15,
        "message": "没有成员 “lihiu”。是不是 “lihui”？",
        "hint": "",
    }


def test_an_annotation_is_one_line_whatever_the_file_says() -> None:
    place = Place("records/a,b:c%\n.yml", 2, 3, 4)
    shown = as_annotations([problem(YML002, place, key="k\n::error::x", first=1)], "zh")
    assert shown.count("\n") == 0
    assert shown.startswith("::error file=records/a%2Cb%3Ac%25%0A.yml,line=2,col=3,endColumn=7,")


@pytest.mark.parametrize("found", [UNKNOWN, OUTSIDE])
def test_annotations_use_the_words_of_the_forge(found: Problem) -> None:
    level = {"error": "::error ", "warning": "::warning "}[found.severity]
    assert as_annotations([found], "en").startswith(level)


def test_sarif_names_each_rule_once_and_points_to_it() -> None:
    log = json.loads(as_sarif([UNKNOWN, OUTSIDE, UNKNOWN], "en", "1.0"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["DAT002", "REF001"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 6, "startColumn": 15, "endColumn": 20}


def test_sarif_is_sarif_to_another_program() -> None:
    log = Sarif.model_validate_json(as_sarif([UNKNOWN, OUTSIDE], "zh", "1.0"))
    assert [result.rule_id for result in log.runs[0].results or ()] == [
        UNKNOWN.code.id,
        OUTSIDE.code.id,
    ]


def test_sarif_addresses_are_addresses() -> None:
    found = problem(YML002, Place("records/某 天.yml", 1, 1), key="k", first=1)
    log = json.loads(as_sarif([found], "zh", "1.0"))
    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "records/%E6%9F%90%20%E5%A4%A9.yml"


def test_no_problems_are_an_empty_report() -> None:
    assert as_text([], "zh") == ""
    assert as_annotations([], "zh") == ""
    assert json.loads(as_json([], "zh"))["problems"] == []
    assert json.loads(as_sarif([], "zh", "1.0"))["runs"][0]["results"] == []
