"""`chronicle check`: what it prints, for people and for programs, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.checking import check
from generator.commands.common import settings_for
from generator.problems.problem import Problem, Severity
from tests.sites import SMALL, Files, different, picture, run, tree, write_archive

ACTIVITY = "records/activities/first-day.yml"
MISSPELT = SMALL[ACTIVITY].replace("[zhangsan, lisi]", "[zhangsna, lisi]")
WARNED: Files = {**SMALL, "photos/spare.jpg": picture()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_archive(tmp_path, SMALL)


def report(root: Path, *arguments: str) -> dict[str, Any]:
    result = run("check", "--root", root, "--format", "json", *arguments)
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def errors(root: Path, *arguments: str) -> list[dict[str, Any]]:
    return [one for one in report(root, *arguments)["problems"] if one["severity"] == "error"]


PAGE_WITH_A_MISTAKE = "# 首页\n\n{{ count('nothing') }}，共 8000 份。\n"


@pytest.mark.parametrize("page", [PAGE_WITH_A_MISTAKE, "# 首页\n"])
def test_who_wants_only_errors_gets_them_all_and_the_same_edition(root: Path, page: str) -> None:
    write_archive(root, {"docs/index.md": page})
    everything = check(settings_for(root))
    only = check(settings_for(root), only_errors=True)
    assert errors_of(only.problems) == errors_of(everything.problems)
    assert {*only.problems} <= {*everything.problems}
    assert only.edition == everything.edition


def errors_of(problems: tuple[Problem, ...]) -> list[Problem]:
    return [one for one in problems if one.severity is Severity.ERROR]


# Exit codes


def test_an_archive_in_order_ends_with_0(root: Path) -> None:
    result = run("check", "--root", root)
    assert result.exit_code == 0
    assert "0 个错误" in result.stderr
    assert result.stdout == ""


def test_an_error_ends_with_1(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    assert run("check", "--root", root).exit_code == 1


def test_a_warning_ends_with_0_but_strictly_with_1(tmp_path: Path) -> None:
    root = write_archive(tmp_path, WARNED)
    assert run("check", "--root", root).exit_code == 0
    assert run("check", "--root", root, "--strict").exit_code == 1


def test_notes_alone_are_fine_even_strictly(root: Path) -> None:
    assert report(root)["counts"]["note"] > 0
    assert run("check", "--root", root, "--strict").exit_code == 0


def test_a_folder_that_is_no_archive_ends_with_2(tmp_path: Path) -> None:
    result = run("check", "--root", tmp_path)
    assert result.exit_code == 2
    assert "mkdocs.yml" in result.output


@pytest.mark.parametrize(
    "configuration",
    [
        "plugins: [chronicle: {audience: everyone}]",
        "plugins: [chronicle: {audiance: public}]",
        "plugins: {",
    ],
)
def test_settings_that_make_no_sense_end_with_2(root: Path, configuration: str) -> None:
    (root / "mkdocs.yml").write_text(f"site_name: 题\n{configuration}\n", encoding="utf-8")
    result = run("check", "--root", root)
    assert result.exit_code == 2
    assert "mkdocs.yml:" in result.output


def test_an_option_that_does_not_exist_ends_with_2(root: Path) -> None:
    assert run("check", "--root", root, "--no-such-option").exit_code == 2


def test_the_archive_is_found_from_a_folder_within_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "records" / "members")
    assert run("check").exit_code == 0


# A misspelt id, as a member would meet it


def test_a_misspelt_member_is_one_problem_with_its_place_and_the_right_name(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    (one,) = errors(root)
    assert one == {
        "code": "REF001",
        "severity": "error",
        "path": ACTIVITY,
        "line": 4,
        "column": 11,
        "message": one["message"],
        "hint": one["hint"],
    }
    assert "zhangsna" in one["message"]
    assert "zhangsan" in one["message"] + one["hint"]


def test_the_old_site_is_untouched_by_a_misspelt_member(root: Path) -> None:
    assert run("build", "--root", root).exit_code == 0
    before = tree(root / "site")
    write_archive(root, {ACTIVITY: MISSPELT})
    result = run("build", "--root", root)
    assert result.exit_code == 1
    assert f"{ACTIVITY}:4:11: 错误 REF001" in result.stderr
    assert "原来的原样未动" in result.stderr
    assert different(tree(root / "site"), before) == []


def test_a_check_writes_nothing_but_its_cache(root: Path) -> None:
    before = tree(root)
    run("check", "--root", root)
    after = {name: one for name, one in tree(root).items() if not name.startswith(".cache/")}
    assert different(after, before) == []


# Reports


def test_json_is_one_object_of_problems_and_counts(tmp_path: Path) -> None:
    root = write_archive(tmp_path, {**WARNED, ACTIVITY: MISSPELT})
    document = report(root)
    assert set(document) == {"problems", "counts"}
    keys = ("code", "severity", "path", "line", "column", "message", "hint")
    for one in document["problems"]:
        assert tuple(one) == keys
        assert all(isinstance(one[key], int) and one[key] >= 1 for key in ("line", "column"))
        assert all(isinstance(one[key], str) for key in {*keys} - {"line", "column"})
    seen = [one["severity"] for one in document["problems"]]
    counts = {severity: seen.count(severity) for severity in ("error", "warning", "note")}
    assert document["counts"] == counts
    assert counts["error"] == counts["warning"] == 1


def test_json_is_all_that_standard_output_holds(root: Path) -> None:
    result = run("check", "--root", root, "--format", "json")
    assert result.exit_code == 0
    assert result.stdout.startswith("{")
    assert result.stdout.endswith("}\n")


def test_problems_are_sorted_by_path_line_and_column(tmp_path: Path) -> None:
    files: Files = {**SMALL, ACTIVITY: MISSPELT.replace("lisi", "nobody"), "records/z.txt": ""}
    problems = report(write_archive(tmp_path, files))["problems"]
    places = [(one["path"], one["line"], one["column"]) for one in problems]
    assert places == sorted(places)


def test_all_problems_of_all_files_are_reported_in_one_run(root: Path) -> None:
    broken = {
        ACTIVITY: "date: [\n",
        "records/activities/parcels.yml": "date: 2020年3月4日\ntitle: 题\ntask: delivery\n",
        "records/donations/melons.yml": "date: 2020-03-04\n",
        "records/stories/thumbs-up.yml": "标题：没有空格\n",
    }
    write_archive(root, broken)
    assert {one["path"] for one in errors(root)} == {*broken}


def test_messages_are_in_the_language_of_the_site_or_the_one_asked_for(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    assert "没有成员" in errors(root)[0]["message"]
    assert "member" in errors(root, "--lang", "en")[0]["message"]
    result = run("check", "--root", root, "--lang", "en")
    assert f"{ACTIVITY}:4:11: error REF001" in result.stderr
    assert "1 errors, 0 warnings" in result.stderr


def test_an_excerpt_marks_the_word(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    excerpt = "  4 | members: [zhangsna, lisi]\n    |           ^~~~~~~~\n"
    assert excerpt in run("check", "--root", root).stderr


def test_annotations_name_file_line_and_column(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    result = run("check", "--root", root, "--format", "github")
    assert result.exit_code == 1
    assert f"::error file={ACTIVITY},line=4,col=11," in result.stdout


def test_sarif_is_a_log_of_one_run(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    result = run("check", "--root", root, "--format", "sarif")
    log = json.loads(result.stdout)
    assert log["version"] == "2.1.0"
    (found,) = (one for one in log["runs"][0]["results"] if one["ruleId"] == "REF001")
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == ACTIVITY
    assert place["region"]["startLine"] == 4


# Only some files


def test_only_the_files_named_are_reported_but_all_are_known(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT, "records/members/lisi.yml": "name: 李四\n"})
    assert {one["path"] for one in errors(root)} == {ACTIVITY, "records/members/lisi.yml"}
    only = errors(root, str(root / ACTIVITY))
    assert {one["path"] for one in only} == {ACTIVITY}


def test_a_folder_stands_for_all_files_below_it(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    assert errors(root, str(root / "records" / "activities"))
    assert errors(root, str(root / "records" / "members")) == []


def test_errors_elsewhere_do_not_count_against_the_files_named(root: Path) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    assert run("check", "--root", root, root / "records" / "members").exit_code == 0


def test_a_path_is_taken_from_where_one_stands(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_archive(root, {ACTIVITY: MISSPELT})
    monkeypatch.chdir(root / "records")
    assert run("check", "activities/first-day.yml").exit_code == 1
    assert run("check", "activities/parcels.yml").exit_code == 0
