"""`chronicle new`: writes a commented record file, valid as soon as its blanks are filled."""

import os
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.archive.archive import Archive
from generator.commands.common import CannotRun, replace_file, root_option, say, settings_for
from generator.kinds.registry import ACTIVITY, DONATION, MEMBER, SOURCE, STORY, Kind
from generator.kinds.skeleton import skeleton
from generator.reading.folders import files_below
from generator.values.dates import DateError, parse_date
from generator.values.identifiers import is_identifier, slugify

_KINDS = {"day": ACTIVITY, "member": MEMBER, "donation": DONATION, "story": STORY, "source": SOURCE}
_TITLE_FIELD = {"member": "name", "donation": "occasion"}
_LONGEST_SLUG = 60


@click.command()
@click.argument("what", type=click.Choice([*_KINDS]))
@click.option("--date", help="日期 date（EDTF；默认今天 default: today）")
@click.option("--title", help="标题、姓名或事由 title, name or occasion")
@click.option("--task", help="任务 task（day）")
@click.option("--members", help="参加的成员编号，用逗号分开 ids of members, or all（day）")
@click.option("--id", "id_", help="编号，也是文件名 the id, which is the file's name")
@root_option
def new(
    what: str,
    date: str | None,
    title: str | None,
    task: str | None,
    members: str | None,
    id_: str | None,
    root: Path | None,
) -> None:
    """新建一条记录。Start a new record: day, member, donation, story or source."""
    from generator.archive.load import load

    settings = settings_for(root)
    kind = _KINDS[what]
    archive = load(settings.root, settings.records).archive
    if title is None and sys.stdin.isatty():
        title = click.prompt("标题 title", default="", show_default=False).strip()
    given: dict[str, str | list[str]] = {}
    if title:
        given[_TITLE_FIELD.get(what, "title")] = title
    day = "" if kind is MEMBER else _date(date, archive)
    if day:
        given["date"] = day
    if kind is ACTIVITY:
        given |= _of_activity(archive, task, members)
    path = _path(
        settings.records,
        kind,
        day,
        _id(kind, settings.records / kind.folder, id_, day, title or ""),
    )
    schema = Path(os.path.relpath(settings.records / "schemas", path.parent)).as_posix()
    text = skeleton(kind, given, _choices(kind, archive), f"{schema}/{kind.name}.schema.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise CannotRun(f"文件已经有了 it exists: {path}")
    replace_file(path, text)
    say("填好空着的行，然后运行 chronicle check。 Fill in the blanks, then run: chronicle check")
    click.echo(path.relative_to(settings.root).as_posix())


def _date(given: str | None, archive: Archive | None) -> str:
    """The date given, or today where the archive is."""
    if given is None:
        zone = ZoneInfo(archive.file.timezone if archive else "Asia/Shanghai")
        return datetime.now(zone).date().isoformat()
    try:
        return parse_date(given).text
    except DateError as fault:
        hint = f" → {fault.suggestion}" if fault.suggestion else ""
        raise CannotRun(f"看不懂日期 not a date: {given}{hint}") from fault


def _of_activity(
    archive: Archive | None, task: str | None, members: str | None
) -> dict[str, str | list[str]]:
    """Task and members, checked against the archive's own."""
    tasks = [one.id for one in archive.file.tasks] if archive else []
    if task is None and tasks and sys.stdin.isatty():
        task = click.prompt("任务 task", type=click.Choice(tasks), default=tasks[0])
    given: dict[str, str | list[str]] = {}
    if task:
        if task not in tasks:
            raise CannotRun(f"没有任务 no task: {task}（{'、'.join(tasks)}）")
        given["task"] = task
    if members:
        ids = [one.strip() for one in members.replace("，", ",").split(",") if one.strip()]
        known = {ref.id for ref in archive.records if ref.kind == "member"} if archive else set()
        unknown = [one for one in ids if one != "all" and one not in known]
        if unknown:
            raise CannotRun(f"没有成员 no member: {'、'.join(unknown)}")
        given["members"] = "all" if "all" in ids else ids
    return given


def _choices(kind: Kind, archive: Archive | None) -> dict[str, list[str]]:
    """The archive's own terms for the fields of a kind."""
    if archive is None:
        return {}
    file = archive.file
    if kind is MEMBER:
        return {"batch": [f"{one.id}（{one.name}）" for one in file.batches]}
    if kind is not ACTIVITY:
        return {}
    team = [f"{one.id}（{one.name}）" if one.name else one.id for one in archive.members]
    return {
        "task": [f"{one.id}（{one.name}）" for one in file.tasks],
        "members": ["all", *team[:30]],
        "place": [f"{one.id}（{one.name}）" for one in file.places],
    }


def _id(kind: Kind, folder: Path, given: str | None, day: str, title: str) -> str:
    """The id given, or one made of the date and the title; never one that is taken."""
    taken = {path.stem for path in files_below(folder)}
    if given is not None:
        if not is_identifier(given):
            raise CannotRun(f"编号只用小写字母、数字和连字符 not an id: {given}")
        if given in taken:
            raise CannotRun(f"编号已经有了 the id is taken: {given}")
        return given
    slug = romanised(title)[:_LONGEST_SLUG].strip("-") or kind.name
    dated = parse_date(day).earliest.isoformat() if day else ""
    wanted = f"{dated}-{slug}" if kind is ACTIVITY else slug
    number = 2
    made = wanted
    while made in taken:
        made, number = f"{wanted}-{number}", number + 1
    return made


def romanised(text: str) -> str:
    """A text as an id: Chinese in pinyin without tones, one word per character."""
    from pypinyin import lazy_pinyin

    return slugify(" ".join(lazy_pinyin(text)))


def _path(records: Path, kind: Kind, day: str, id: str) -> Path:
    """Where the record goes: activities by year, all others flat."""
    folder = records / kind.folder
    if kind is ACTIVITY and day:
        folder /= str(parse_date(day).earliest.year)
    return folder / f"{id}.yml"
