"""`chronicle new`: a commented file that is valid as soon as its blanks are filled."""

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from generator.__main__ import main
from generator.archive.load import load
from generator.problems.problem import Severity

REPOSITORY = Path(__file__).parents[2]
FILLED = {
    "day": {"task: ": "task: patrol"},
    "member": {"role: ": "role: 组员"},
    "donation": {
        "  name: ": "  name: 某企业",
        "  kind: ": "  kind: enterprise",
        "  - item: ": "  - item: 口罩",
    },
    "story": {"  status: ": "  status: verbal", "text: ": "text: 一段话"},
    "source": {"kind: ": "kind: notice"},
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "records", tmp_path / "records")
    shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path)
    return tmp_path


def new(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments, "--root", str(root)])


def written(root: Path, result: Result) -> Path:
    assert result.exit_code == 0, result.output
    return root / result.stdout.strip()


def errors(root: Path, path: Path) -> list[str]:
    shown = path.relative_to(root).as_posix()
    return [
        f"{one.code.id} {one.message('en')}"
        for one in load(root, root / "records").problems
        if one.place.path == shown and one.severity is Severity.ERROR
    ]


@pytest.mark.parametrize("what", FILLED)
def test_a_new_record_is_valid_once_its_blanks_are_filled(root: Path, what: str) -> None:
    path = written(root, new(root, what, "--title", "搬运冬瓜"))
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join(FILLED[what].get(line, line) for line in lines), encoding="utf-8")
    assert errors(root, path) == []


@pytest.mark.parametrize("what", FILLED)
def test_every_blank_that_is_left_is_named_with_its_line(root: Path, what: str) -> None:
    path = written(root, new(root, what, "--title", "搬运冬瓜"))
    assert {one[:6] for one in errors(root, path)} == {"FLD005"}
    assert len(errors(root, path)) == len(FILLED[what])


def test_the_first_line_names_the_schema_where_it_lies(root: Path) -> None:
    path = written(root, new(root, "day", "--title", "巡查", "--date", "2020-03-09"))
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    schema = first.partition("$schema=")[2]
    assert (path.parent / schema).resolve().is_file()


def test_the_id_is_the_title_in_pinyin_after_the_date(root: Path) -> None:
    path = written(root, new(root, "day", "--title", "冬瓜接力", "--date", "2020-03-09"))
    assert path.relative_to(root).as_posix() == (
        "records/activities/2020/2020-03-09-dong-gua-jie-li.yml"
    )


def test_a_second_record_of_the_same_title_gets_an_id_of_its_own(root: Path) -> None:
    first = written(root, new(root, "story", "--title", "一件小事"))
    second = written(root, new(root, "story", "--title", "一件小事"))
    assert (first.stem, second.stem) == ("yi-jian-xiao-shi", "yi-jian-xiao-shi-2")


def test_the_date_is_today_where_the_archive_is(root: Path) -> None:
    before = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    text = written(root, new(root, "day", "--title", "今天")).read_text(encoding="utf-8")
    after = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    assert any(f"date: {day}\n" in text for day in (before, after))


def test_members_and_task_can_be_given(root: Path) -> None:
    result = new(root, "day", "--title", "值守", "--task", "patrol", "--members", "lihui，liaison")
    assert "members: [lihui, liaison]\n" in written(root, result).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("day", "--date", "2020年3月4日", "--title", "x"), "2020-03-04"),
        (("day", "--title", "x", "--task", "nonsense"), "disinfection"),
        (("day", "--title", "x", "--members", "lihiu"), "lihiu"),
        (("member", "--title", "x", "--id", "李辉"), "李辉"),
        (("member", "--title", "x", "--id", "lihui"), "lihui"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    root: Path, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(root.rglob("*"))
    result = new(root, *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert sorted(root.rglob("*")) == before


def test_a_title_that_yaml_would_misread_is_quoted(root: Path) -> None:
    path = written(root, new(root, "day", "--title", 'a: "b" # c', "--task", "patrol"))
    assert errors(root, path) == []
    archive = load(root, root / "records").archive
    assert archive is not None
    assert 'a: "b" # c' in [one.title for one in archive.activities]
