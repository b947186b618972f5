"""What only the whole archive can show: references, ids, dates and service."""

from pathlib import Path

import pytest

from generator.archive.archive import ref_of
from generator.kinds.fields import Ref
from generator.problems.problem import Problem, in_order
from tests.archives import ARCHIVE, archive_of, errors, loaded

WALK = "date: 2020-03-04\ntitle: 巡查\ntask: patrol\nmembers: all\n"
LIHUI = "name: 李辉\naliases: [老李, 辉哥]\nrole: 组长\n"


def told(problems: tuple[Problem, ...], code: str) -> list[Problem]:
    return [one for one in in_order(problems) if one.code.id == code]


def unknown(folder: Path, files: dict[str, str | bytes], archive: str = ARCHIVE) -> list[Problem]:
    """The references that lead nowhere; nothing else may be an error."""
    found = errors(loaded(folder, files, archive).problems)
    assert {one.code.id for one in found} <= {"REF001"}
    return list(in_order(found))


# References ---------------------------------------------------------------------------------------

WHERE = [
    ("activities/a.yml", f"{WALK}reported_by: nobody\n", "成员"),
    ("activities/a.yml", WALK.replace("all", "[lihui, nobody]"), "成员"),
    ("activities/a.yml", WALK.replace("patrol", "nothing"), "任务"),
    ("activities/a.yml", f"{WALK}sources: nowhere\n", "来源"),
    ("activities/a.yml", f"{WALK}figures: [{{measure: nothing, value: 1}}]\n", "指标"),
    ("stories/a.yml", "date: 2020-03-04\ntitle: x\nteller:\nconsent: {status: granted}\ntext: x\n"
                      "recorded_by: nobody\n", "成员"),
    ("donations/a.yml", "date: 2020-03-04\ndonor: {name: x, kind: enterprise}\nitems: [{item: x}]\n"
                        "via: nobody\n", "成员"),
    ("donations/a.yml", "date: 2020-03-04\ndonor: {name: x, kind: enterprise}\n"
                        "items: [{item: x, quantity: 1, unit: pint}]\n", "单位"),
    ("donations/a.yml", "date: 2020-03-04\ndonor: {name: x, kind: enterprise}\n"
                        "items: [{item: x, category: luxury}]\n", "物品类别"),
    ("members/a.yml", "role: x\nbatch: third\n", "批次"),
    ("members/a.yml", "role: x\nsources: nowhere\n", "来源"),
    ("sources/a.yml", "title: x\nkind: notice\nclaims: [{measure: nothing, value: 1}]\n", "指标"),
    ("sources/a.yml", "title: x\nkind: notice\nclaims: [{item: x, value: 1, unit: p}]\n", "单位"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "kind"), WHERE)
def test_a_reference_to_nothing_is_told_wherever_it_stands(
    tmp_path: Path, path: str, text: str, kind: str
) -> None:
    (problem,) = unknown(tmp_path, {"members/lihui.yml": LIHUI, path: text})
    assert problem.place.path == f"records/{path}"
    assert problem.message("zh").startswith(f"没有{kind} “")
    assert problem.place.stated[problem.place.column - 1 :].startswith(
        problem.message("zh").split("“")[1].split("”")[0]
    )


@pytest.mark.parametrize(
    ("written", "suggestion"),
    [
        ("lihiu", "lihui"),
        ("李辉", "lihui"),
        ("老李", "lihui"),
        ("辉哥", "lihui"),
        ("李晖", "lihui"),
        ("LiHui", "lihui"),
        ("zhangsan", None),
        ("张三丰", None),
    ],
)
def test_a_member_is_suggested_by_id_and_by_name(
    tmp_path: Path, written: str, suggestion: str | None
) -> None:
    files = {"members/lihui.yml": LIHUI, "activities/a.yml": WALK.replace("all", f"[{written}]")}
    (problem,) = unknown(tmp_path, dict(files))
    expected = f"没有成员 “{written}”。" + (f"是不是 “{suggestion}”？" if suggestion else "")
    assert problem.message("zh") == expected


def test_a_term_is_suggested_by_its_label(tmp_path: Path) -> None:
    (problem,) = unknown(tmp_path, {"activities/a.yml": WALK.replace("patrol", "防控巡查")})
    assert "是不是 “patrol”" in problem.message("zh")


def test_the_opening_picture_is_a_reference_too(tmp_path: Path) -> None:
    photo = "photos: [{id: oil, pending: true, caption: x, decorative: true}]\n"
    files: dict[str, str | bytes] = {"activities/a.yml": WALK + photo}
    assert unknown(tmp_path, files, f"{ARCHIVE}hero: oil\n") == []
    (problem,) = unknown(tmp_path, files, f"{ARCHIVE}hero: oli\n")
    assert "是不是 “oil”" in problem.message("zh")


def test_an_id_counts_even_where_it_is_another_ones_name(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "members/lihui.yml": "role: x\naliases: wangfang\n",
        "members/wangfang.yml": "role: x\nname: lihui\n",
        "activities/a.yml": WALK.replace("all", "[lihui, wangfang]").replace("patrol", "b"),
    }
    archive = ARCHIVE.replace("{id: patrol", "{id: a, label: b}, {id: b, label: a}, {id: patrol")
    assert unknown(tmp_path, files, archive) == []


def test_people_in_a_photograph_may_be_strangers(tmp_path: Path) -> None:
    photo = "photos: [{pending: true, caption: x, decorative: true, people: [lihui, 一位居民]}]\n"
    assert unknown(tmp_path, {"members/lihui.yml": LIHUI, "activities/a.yml": WALK + photo}) == []


def test_a_place_may_be_any_words(tmp_path: Path) -> None:
    assert unknown(tmp_path, {"activities/a.yml": f"{WALK}place: 不在词表里的地方\n"}) == []


def test_references_lead_both_ways(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/lihui.yml": f"{LIHUI}batch: first\nsources: notice\n",
            "activities/b.yml": WALK.replace("all", "lihui") + "sources: notice\n",
            "activities/a.yml": f"{WALK}reported_by: lihui\n",
            "donations/gift.yml": "date: 2020-03-04\ndonor: {name: x, kind: enterprise}\n"
            "items: [{item: x}]\nvia: lihui\n",
            "sources/notice.yml": "title: x\nkind: notice\n",
        },
    )
    for record in archive.records.values():
        for mention in record.mentions():
            assert mention.ref in archive.records or mention.ref in archive.terms
            assert ref_of(record) in archive.referrers[mention.ref]
    assert archive.referrers[Ref("member", "lihui")] == (
        Ref("activity", "a"), Ref("activity", "b"), Ref("donation", "gift")
    )  # fmt: skip
    assert archive.referrers[Ref("source", "notice")] == (
        Ref("activity", "b"), Ref("member", "lihui")
    )  # fmt: skip
    assert archive.referrers[Ref("batch", "first")] == (Ref("member", "lihui"),)


# Ids ----------------------------------------------------------------------------------------------


def test_an_id_used_twice_is_told_at_the_second_file(tmp_path: Path) -> None:
    found = loaded(tmp_path, {f"activities/{n}/walk.yml": WALK for n in (1, 2, 3)})
    twice = told(found.problems, "IDN002")
    assert [one.place.path for one in twice] == [
        "records/activities/2/walk.yml",
        "records/activities/3/walk.yml",
    ]
    assert all("records/activities/1/walk.yml" in one.message("zh") for one in twice)
    assert found.archive is not None
    assert [one.path for one in found.archive.activities] == ["records/activities/1/walk.yml"]


def test_two_endings_are_still_one_id(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"activities/walk.yml": WALK, "activities/walk.yaml": WALK})
    assert len(told(found.problems, "IDN002")) == 1


def test_two_kinds_may_share_an_id(tmp_path: Path) -> None:
    files = {"activities/x.yml": WALK, "members/x.yml": "role: x\n"}
    assert not told(loaded(tmp_path, dict(files)).problems, "IDN002")


def test_a_photograph_id_is_used_once_in_the_whole_archive(tmp_path: Path) -> None:
    photo = "photos: [{id: oil, pending: true, caption: x, decorative: true}]\n"
    portrait = "role: x\nportrait: {id: oil, pending: true, caption: x, decorative: true}\n"
    found = loaded(
        tmp_path,
        {
            "activities/a.yml": WALK + photo,
            "activities/b.yml": WALK + photo,
            "members/m.yml": portrait,
        },
    )
    places = [(one.place.path, one.place.line) for one in told(found.problems, "IMG005")]
    assert places == [("records/activities/b.yml", 5), ("records/members/m.yml", 2)]


# Dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "outside"),
    [
        ("2020-02-29", True),
        ("2020-03-01", False),
        ("2020-03-31", False),
        ("2020-04-01", True),
        ("2020-02-20/2020-03-01", False),
        ("2021-03", True),
        ("2020", False),
    ],
)
def test_a_date_wholly_outside_the_period_is_a_warning(
    tmp_path: Path, date: str, outside: bool
) -> None:
    found = loaded(tmp_path, {"activities/a.yml": WALK.replace("2020-03-04", date)})
    assert [one.place.line for one in told(found.problems, "DAT002")] == [1] * outside


@pytest.mark.parametrize(
    ("date", "noted"),
    [
        ("2020-03-04", False),
        ("2020-03-04~", False),
        ("2020-03-01/2020-03-05", False),
        ("2020-03", True),
        ("2020-03-XX", True),
        ("[2020-03-01..2020-03-05]", True),
        ("2020", True),
    ],
)
def test_a_day_that_nobody_knows_is_noted_in_words(tmp_path: Path, date: str, noted: bool) -> None:
    found = loaded(tmp_path, {"activities/a.yml": WALK.replace("2020-03-04", f'"{date}"')})
    notes = told(found.problems, "DAT003")
    assert len(notes) == noted
    for note in notes:
        assert "2020年" in note.message("zh")
        assert "年" not in note.message("en")


def test_days_without_an_entry_are_one_note(tmp_path: Path) -> None:
    archive = ARCHIVE.replace("2020-03-01/2020-03-31", "2020-03-03/2020-03-06")
    (note,) = told(loaded(tmp_path, {"activities/a.yml": WALK}, archive).problems, "DAT004")
    assert "2020-03-03、2020-03-05、2020-03-06" in note.message("zh")
    assert (note.place.path, note.place.line) == ("records/archive.yml", 3)


# Service ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "date", "warned"),
    [
        ("joined: 2020-03-04\n", "2020-03-04", False),
        ("joined: 2020-03-05\n", "2020-03-04", True),
        ("left: 2020-03-03\n", "2020-03-04", True),
        ("left: 2020-03-04\n", "2020-03-04", False),
        ("joined: 2020-03-02\nleft: 2020-03-06\n", "2020-03-01/2020-03-03", False),
        ("joined: 2020-03-02\nleft: 2020-03-06\n", "2020-03-07/2020-03-09", True),
        ('joined: "[2020-03-01..2020-03-31]"\n', "2020-03-04", False),
        ("joined: 2020-03\n", "2020-02-28", True),
        ("", "2020-03-04", False),
    ],
)
def test_whoever_was_not_yet_or_no_longer_there_is_a_warning(
    tmp_path: Path, service: str, date: str, warned: bool
) -> None:
    walk = WALK.replace("2020-03-04", date).replace("all", "\n  - wangfang\n  - lihui")
    files: dict[str, str | bytes] = {
        "members/lihui.yml": LIHUI + service,
        "members/wangfang.yml": "role: 组员\n",
        "activities/a.yml": walk,
    }
    problems = told(loaded(tmp_path, files).problems, "MEM002")
    assert [(one.place.line, one.place.column) for one in problems] == [(6, 5)] * warned


def test_all_means_those_who_were_there(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path,
        {
            "members/early.yml": "role: x\njoined: 2020-03-01\nleft: 2020-03-03\n",
            "members/late.yml": "role: x\njoined: 2020-03-04\n",
            "members/perhaps.yml": 'role: x\njoined: "[2020-03-01..2020-03-31]"\n',
            "activities/a.yml": WALK,
        },
    )
    assert archive.members_of(archive.activities[0]) == ("late", "perhaps")
    assert {id: len(done) for id, done in archive.served.items()} == {
        "early": 0, "late": 1, "perhaps": 1
    }  # fmt: skip
