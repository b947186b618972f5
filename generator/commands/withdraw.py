"""`chronicle withdraw RECORD`: takes a record or photograph back, says what still holds it."""

from datetime import date as Day
from pathlib import Path

import click

from generator.archive.archive import Archive, Photograph
from generator.commands.common import (
    CannotRun,
    replace_file,
    root_option,
    say,
    settings_for,
    today,
)
from generator.kinds.fields import Record, Ref
from generator.kinds.photo import Photo
from generator.reading.documents import Document, parse
from generator.values.dates import DateError, parse_date
from generator.values.identifiers import closest


@click.command()
@click.argument("record")
@click.option("--date", "given", default=None, help="撤回的日期 the day（默认今天 default: today）")
@root_option
def withdraw(record: str, given: str | None, root: Path | None) -> None:
    """撤回一条记录或一张照片。Withdraw a record (id, path, kind:id) or a photograph."""
    from generator.archive.load import load

    settings = settings_for(root)
    loaded = load(settings.root, settings.records)
    if loaded.archive is None:
        raise CannotRun("读不懂档案，先运行 chronicle check。 Run chronicle check first.")
    found = _found(loaded.archive, record)
    owner = found.owner if isinstance(found, Photograph) else found
    photo = found.photo if isinstance(found, Photograph) else None
    day = _day(given)
    document = loaded.documents[owner.path]
    path = settings.root / owner.path
    if (photo or owner).withdrawn is None:
        replace_file(path, _marked(document, owner, photo, day))
        say(f"{owner.path}: withdrawn: {day}")
    click.echo(_what_remains(settings.root, loaded.archive, owner, photo, day))


def _found(archive: Archive, named: str) -> Record | Photograph:
    """The one record or photograph of that id, `kind:id` or path."""
    known: dict[str, list[Record | Photograph]] = {}
    for ref, record in archive.records.items():
        for name in (ref.id, f"{ref.kind}:{ref.id}", record.path):
            known.setdefault(name, []).append(record)
    for one in archive.photographs:
        for name in (one.id, f"photo:{one.id}"):
            known.setdefault(name, []).append(one)
    matches = known.get(named.replace("\\", "/").removeprefix("./"), [])
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise CannotRun(f"“{named}” 不止一个，写 kind:id。 Several have that id; write kind:id.")
    near = closest(named, sorted(known))
    hint = f" 是不是 did you mean “{near}”?" if near else ""
    raise CannotRun(f"没有 “{named}”。 There is no such record.{hint}")


def _day(given: str | None) -> str:
    try:
        return Day.isoformat(today()) if given is None else parse_date(given).text
    except DateError as fault:
        raise CannotRun(f"看不懂日期 not a date: {given}") from fault


def _marked(document: Document, owner: Record, photo: Photo | None, day: str) -> str:
    """The file's text with one line more; the rest of it stays as the person wrote it.

    Raises CannotRun where a line cannot simply be added (a record on one line, say).
    """
    values = dict(document.values)
    if photo is None:
        text = f"{document.text.rstrip()}\nwithdrawn: {day}\n"
        values["withdrawn"] = day
    else:
        number = next(n for n, one in enumerate(getattr(owner, "photos", ())) if one is photo)
        lines = document.text.split("\n")
        place = document.place(("photos", number, "caption"), key=True)
        before = lines[place.line - 1][: place.column - 1]
        indent = before.replace("-", " ")
        lines.insert(place.line - 1, f"{before}withdrawn: {day}")
        lines[place.line] = indent + lines[place.line][place.column - 1 :]
        text = "\n".join(lines)
        photos = values.get("photos")
        if isinstance(photos, list) and isinstance(photos[number], dict):
            values["photos"] = [
                {**one, "withdrawn": day} if n == number and isinstance(one, dict) else one
                for n, one in enumerate(photos)
            ]
    read, _ = parse(text, document.path)
    if read is None or read.values != values:
        raise CannotRun(
            f"{document.path} 要手工改：加上 withdrawn: {day}。 Add that line to it by hand."
        )
    return text


def _what_remains(
    root: Path, archive: Archive, owner: Record, photo: Photo | None, day: str
) -> str:
    """What still holds the data, and how to remove it from there."""
    photos = (photo,) if photo is not None else getattr(owner, "photos", ())
    originals = [f"photos/{one.file}" for one in photos if one.file is not None]
    held = originals if photo is not None else [owner.path, *originals]
    pages = [f"{folder}/{id}.html" for folder, id in _pages(archive, owner, photo)]
    lines = [
        "网站：下次 chronicle build 起不再有它，网址答“已撤回”。发布出去的旧站要换掉。",
        "Site: gone with the next build, its address says “withdrawn”; replace what is published.",
        "",
        "还留着它的地方 What still holds it:",
        *(f"  {name}" for name in held),
        "  .cache/chronicle   → chronicle build --clean",
    ]
    if (root / ".git").exists():
        names = " ".join(f"--path {name}" for name in held)
        lines += [
            "  git 的历史，和所有克隆、分支、合并请求 git's history, all clones, forks, requests",
            f"     → git filter-repo --invert-paths {names}",
            "       然后强制推送，请大家重新克隆，请代码平台清缓存",
            "       then force-push, have everybody clone anew, ask the forge to purge its caches",
        ]
    lines += [
        "  备份、打印件、截图、搜索引擎 backups, prints, screenshots, search engines",
        "",
        "从仓库里删掉记录文件时，把这几行写进 records/archive.yml，网址就还会答话：",
        "When the record's file is deleted, these lines in records/archive.yml keep its address:",
        "tombstones:",
        *(f"  - {{page: {page}, date: {day}}}" for page in pages),
    ]
    return "\n".join(lines)


def _pages(archive: Archive, owner: Record, photo: Photo | None) -> list[tuple[str, str]]:
    """Folder and name of every page that was the record's alone."""
    folders = {"member": "members", "donation": "donations", "story": "stories"}
    shots = [("photos", one.id) for one in archive.photographs
             if one.owner is owner and (photo is None or one.photo is photo)]  # fmt: skip
    ref = next((ref for ref, record in archive.records.items() if record is owner), Ref("", ""))
    own = [(folders[ref.kind], ref.id)] if photo is None and ref.kind in folders else []
    slug = getattr(owner, "date", None)
    alone = [
        ("days", name)
        for name, records in archive.days.items()
        if slug is not None and photo is None and [*records] == [owner]
    ]
    return [*own, *alone, *shots]
