"""Makes a plain archive of any number of activities, to time the program on.

Enter: a folder and a number. Leave: mkdocs.yml, records/ and docs/; the same bytes every time.
"""

import random
from datetime import date, timedelta
from pathlib import Path

_MEMBERS = 15
_TASKS = ("disinfection", "delivery", "patrol", "checkpoint")
_WORDS = ["组员", "社区", "居民", "消毒液", "口罩", "楼道", "巷子", "超市", "卡口", "健康码"]
_WORDS += ["测量体温", "物资", "冬瓜", "鸡蛋", "面粉", "老人", "巡查", "围挡", "值守", "登记"]
_WORDS += ["电话", "送到", "家门口", "清点", "分发", "会议"]
_CONFIGURATION = """site_name: 计时用的档案
use_directory_urls: false
theme: {name: material, language: zh, font: false}
plugins: [chronicle]
"""
_ARCHIVE = """title: 计时用的档案
organisation: 计时
period: 1990-01-01/2030-12-31
default_visibility: public
tasks: [{tasks}]
measures:
  - {{id: buildings, label: 楼栋, unit: building}}
  - {{id: checks, label: 核验, unit: times}}
units: [{{id: building, label: 栋}}, {{id: times, label: 人次}}]
"""


def make_archive(root: Path, activities: int) -> None:
    """Write an archive with that many activities, one a day, into an empty folder."""
    chance = random.Random(20200229)
    _write(root / "mkdocs.yml", _CONFIGURATION)
    _write(root / "docs" / "index.md", "---\ntitle: 计时\n---\n\n{{ hero() }}\n")
    tasks = ", ".join(f"{{id: {task}}}" for task in _TASKS)
    _write(root / "records" / "archive.yml", _ARCHIVE.format(tasks=tasks))
    for number in range(_MEMBERS):
        text = f"name: 成员{number}\nrole: 组员\n"
        _write(root / "records" / "members" / f"member-{number:02d}.yml", text)
    source = "title: 每日简报\nkind: table\n"
    _write(root / "records" / "sources" / "daily-report.yml", source)
    first = date(1990, 1, 1)
    for number in range(activities):
        day = first + timedelta(days=number)
        path = root / "records" / "activities" / str(day.year) / f"{day}-entry.yml"
        _write(path, _activity(day, chance))


def _activity(day: date, chance: random.Random) -> str:
    members = sorted(chance.sample(range(_MEMBERS), 5))
    summary = "\n\n  ".join(f"{_sentence(chance, 30)}。" for _ in range(3))
    return (
        "# yaml-language-server: $schema=../../schemas/activity.schema.json\n"
        f"date: {day}\n"
        f'time: "{chance.randrange(6, 22):02d}:30"\n'
        f"title: {_sentence(chance, 4)}\n"
        f"task: {chance.choice(_TASKS)}\n"
        f"members: [{', '.join(f'member-{number:02d}' for number in members)}]\n"
        f"place: {_sentence(chance, 2)}\n"
        f"summary: |\n  {summary}\n"
        "figures:\n"
        f"  - measure: buildings\n    value: {chance.randrange(1, 90)}\n"
        f"  - measure: checks\n    value: 约{chance.randrange(1, 900)}\n"
        "quotes:\n"
        f"  - by: member-{members[0]:02d}\n    text: {_sentence(chance, 8)}。\n"
        f"  - by: 一位居民\n    text: {_sentence(chance, 12)}。\n"
        f"reported_by: [member-{members[0]:02d}]\n"
        f"tags: [{_sentence(chance, 1)}, {_sentence(chance, 1)}]\n"
        "sources: [daily-report]\n"
    )


def _sentence(chance: random.Random, words: int) -> str:
    return "".join(chance.choice(_WORDS) for _ in range(words))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
