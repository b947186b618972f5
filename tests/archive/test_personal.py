"""Personal data in any text field, page or file name is a problem at its line, and never echoed."""

from pathlib import Path

import pytest

from generator.archive.personal import personal_in_page, personal_problems
from generator.problems.problem import Problem
from generator.problems.reporters import as_annotations, as_json, as_sarif, as_text
from tests.archives import ARCHIVE, loaded
from tests.sites import SMALL, run, write_archive

NUMBER = "13800138000"
WALK = "date: 2020-03-04\ntitle: 巡查\ntask: patrol\n"
FIELDS = {
    "a summary": f"{WALK}summary: |\n  第一行\n  打{NUMBER}联系\n",
    "a place": f"{WALK}place: 电话{NUMBER}\n",
    "a quote": f"{WALK}quotes: [{{by: 甲, text: 打{NUMBER}}}]\n",
    "a tag": f"{WALK}tags: ['{NUMBER}']\n",
    "a caption": f"{WALK}photos: [{{pending: true, caption: '{NUMBER}'}}]\n",
    "a file name": f"{WALK}photos: [{{file: 2020/{NUMBER}.jpg, caption: x}}]\n",
    "people": f"{WALK}photos: [{{pending: true, caption: x, people: ['{NUMBER}']}}]\n",
}


def problems_of(folder: Path, text: str, archive: str = ARCHIVE) -> list[Problem]:
    found = loaded(folder, {"activities/a.yml": text}, archive)
    assert found.archive is not None
    return list(personal_problems(found.archive, found.suspects, found.documents))


def test_it_is_found_where_escapes_of_yaml_hide_it_in_the_file(tmp_path: Path) -> None:
    escaped = "".join(f"\\u{ord(one):04x}" for one in NUMBER)
    (one,) = problems_of(tmp_path, f'{WALK}summary: "打{escaped}"\n')
    assert one.code.id == "PRI010"


@pytest.mark.parametrize("field", FIELDS)
def test_it_is_found_in_every_field_and_shown_starred(tmp_path: Path, field: str) -> None:
    (one,) = problems = problems_of(tmp_path, FIELDS[field])
    assert one.code.id == "PRI010"
    line = FIELDS[field].split("\n")[one.place.line - 1]
    assert line[one.place.column - 1 :].startswith(NUMBER)
    for report in (
        as_text(problems, "zh"), as_json(problems, "zh"), as_sarif(problems, "en", "1"),
        as_annotations(problems, "en"),
    ):  # fmt: skip
        assert NUMBER not in report
        assert "13*******00" in report


def test_it_is_not_echoed_by_the_excerpt_of_another_problem(tmp_path: Path) -> None:
    text = f"{WALK}members: [lihiu, {NUMBER}]\n"
    report = as_text(loaded(tmp_path, {"activities/a.yml": text}).problems, "zh")
    assert "lihiu" in report
    assert NUMBER not in report


def test_a_reason_lets_it_stand_in_that_record_only(tmp_path: Path) -> None:
    allowed = f"{WALK}place: 电话{NUMBER}\nallow: [{{text: 138 0013 8000, reason: 公开的热线}}]\n"
    assert problems_of(tmp_path / "a", allowed) == []
    elsewhere = f"{ARCHIVE}allow: [{{text: '13900139000', reason: 另一个}}]\n"
    assert len(problems_of(tmp_path / "b", FIELDS["a place"], elsewhere)) == 1
    everywhere = elsewhere.replace("13900139000", NUMBER)
    assert problems_of(tmp_path / "c", FIELDS["a place"], everywhere) == []


def test_how_to_reach_the_organisation_is_meant_to_be_read(tmp_path: Path) -> None:
    assert problems_of(tmp_path, WALK, f"{ARCHIVE}contact: office@example.org\n") == []


def test_a_hand_written_page_is_looked_at_too(tmp_path: Path) -> None:
    found = loaded(tmp_path, {})
    assert found.archive is not None
    (one,) = personal_in_page(f"# 题\n\n打{NUMBER}。\n", "docs/a.md", found.archive)
    assert (one.place.path, one.place.line, one.place.column) == ("docs/a.md", 3, 2)


def test_a_number_that_is_folded_over_two_lines_is_found(tmp_path: Path) -> None:
    patrol = (
        "date: 2020-03-09\ntitle: 巡查\ntask: delivery\n"
        "summary: >-\n  联系电话 138 0013\n  8000 可以拨打\n"
    )
    root = write_archive(tmp_path, {**SMALL, "records/activities/patrol.yml": patrol})
    report = run("check", "--root", root).output
    assert "records/activities/patrol.yml:5:8: " in report
    assert "138 0013" not in report


def test_a_file_that_is_saved_anew_meanwhile_hides_nothing(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"activities/a.yml": f"{WALK}place: 电话{NUMBER}\n"})
    assert found.archive is not None
    (one,) = personal_problems(found.archive, found.suspects, {})
    assert (one.code.id, one.place.path) == ("PRI010", "records/activities/a.yml")
