"""From a folder to an archive: every record found, every file's problems told, nothing hidden."""

import random
from pathlib import Path

from generator.archive.load import load
from generator.problems.problem import in_order
from tests.archives import ARCHIVE, BASE, archive_of, codes, copy_of_base, errors, loaded

WALK = "date: 2020-03-04\ntitle: 巡查\ntask: patrol\nmembers: all\n"


def test_every_kind_of_record_is_found(tmp_path: Path) -> None:
    archive = load(copy_of_base(tmp_path), tmp_path / "records").archive
    assert archive is not None
    assert {ref.kind for ref in archive.records} == {
        "member", "activity", "donation", "story", "source"
    }  # fmt: skip
    assert archive.file.title == "小巷纪事"


def test_paths_are_shown_from_the_root_with_forward_slashes(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, {"activities/2020/03/walk.yml": WALK})
    assert archive.activities[0].path == "records/activities/2020/03/walk.yml"


def test_a_file_that_cannot_be_read_hides_nothing_in_another(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        {
            "activities/a.yml": "date: [\n",
            "activities/b.yml": WALK.encode("gbk"),
            "activities/c.yml": WALK.replace("date", "dat"),
            "activities/d.yml": WALK,
        },
    )
    assert codes(in_order(found.problems))[:4] == ["YML001", "YML003", "FLD001", "FLD002"]
    assert found.archive is not None
    assert [one.id for one in found.archive.activities] == ["d"]


def test_without_an_archive_file_the_records_are_still_checked(tmp_path: Path) -> None:
    loaded(tmp_path, {"activities/a.yml": "title: 巡查\n"})
    (tmp_path / "records" / "archive.yml").unlink()
    found = load(tmp_path, tmp_path / "records")
    assert found.archive is None
    assert codes(in_order(found.problems)) == ["FLD001", "FLD001", "SET002"]


def test_a_broken_archive_file_is_told_once(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"activities/a.yml": WALK}, "title: [\n")
    assert found.archive is None
    assert codes(tuple(errors(found.problems))) == ["YML001"]


def test_an_archive_file_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(ARCHIVE, encoding="utf-8")
    records = tmp_path / "root" / "records"
    records.mkdir(parents=True)
    (records / "archive.yml").symlink_to(secret)
    assert codes(load(tmp_path / "root", records).problems) == ["SET002"]


def test_a_file_name_that_gives_no_id_is_told_with_all_else_that_is_wrong(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"activities/巡查.yml": "date: soon\ntitle: 巡查\ntask: patrol\n"})
    assert codes(in_order(found.problems))[:2] == ["IDN001", "DAT001"]


def test_a_file_name_of_any_bytes_is_told_and_not_fallen_over(tmp_path: Path) -> None:
    loaded(tmp_path, {"activities/a.yml": WALK})
    name = bytes(tmp_path / "records" / "activities") + b"/\xff\xfe.yml"
    with open(name, "wb") as stream:  # noqa: PTH123  a Path cannot hold every name
        stream.write(WALK.encode("utf-8"))
    assert "IDN001" in codes(load(tmp_path, tmp_path / "records").problems)


def test_files_that_are_no_records_are_named(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        {
            "activities/notes.docx": b"PK",
            "activities/a.yml.txt": WALK,
            "activities/b.YML": WALK,
            "meetings/c.yml": WALK,
            "readme.md": "",
            "schemas/x.schema.json": "{}",
            "activities/.d.yml.swp": "",
        },
    )
    told = [(one.code.id, one.place.path.removeprefix("records/")) for one in found.problems]
    assert sorted(told)[1:] == [
        ("IDN003", "activities/notes.docx"),
        ("IDN003", "meetings/c.yml"),
        ("IDN003", "readme.md"),
        ("IDN004", "activities/a.yml.txt"),
        ("IDN004", "activities/b.YML"),
    ]


def test_the_order_in_which_files_lie_does_not_matter(tmp_path: Path) -> None:
    files = {
        path.relative_to(BASE / "records").as_posix(): path.read_text(encoding="utf-8")
        for path in (BASE / "records").rglob("*.yml")
    }
    archive_file = files.pop("archive.yml")
    for number in range(8):
        names = list(files)
        random.Random(number).shuffle(names)
        deeper = {
            f"{name.split('/')[0]}/{'x/' * (n % 3)}{name.split('/')[-1]}": files[name]
            for n, name in enumerate(names)
        }
        archive = archive_of(tmp_path / str(number), deeper, archive_file)
        assert [ref.id for ref in archive.records] == [
            "lihui", "wangfang", "2020-03-04-delivery", "2020-03-05-patrol", "melons", "thumbs-up",
            "notice",
        ]  # fmt: skip
