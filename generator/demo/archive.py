"""A whole fictional archive: mkdocs.yml, hand-written pages, records, schemas, photographs.

Enter: a `Plan`. Leave: file names relative to the archive's root, with their bytes, one after
another, so that no picture is held longer than it takes to write it. Pure.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from generator.demo import vocabulary as words
from generator.demo.activities import activities
from generator.demo.drawing import picture
from generator.demo.records import (
    FIRST_DAY,
    Fields,
    Plan,
    donations,
    last_of_month,
    members,
    sources,
    stories,
)
from generator.kinds.schemas import schema_files

_CONFIGURATION = f"""\
site_name: {words.TITLE}
site_description: {words.FICTION}
use_directory_urls: false

theme:
  name: material
  language: zh
  font: false

plugins:
  - chronicle:
      audience: internal

nav:
  - 纪事: index.md
  - 时间线: timeline/index.md
  - 成员: members/index.md
  - 捐赠: donations/index.md
  - 口述: stories/index.md
  - 照片: gallery/index.md
  - 数字: statistics/index.md
  - 数据: data/index.md
  - 参与: contribute/index.md
  - 关于: about.md
"""
_ABOUT = f"""\
---
title: 关于这份示例
description: {words.FICTION}
---

# 关于这份示例

{words.FICTION}

它用来看看一座完整的网站是什么样子，也用来量一量程序有多快。要写自己的档案，请另建一个文件夹。
"""


def demo_files(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """Every file of the archive, in the same order and with the same bytes for the same plan."""
    team = list(members(plan))
    entries = list(activities(plan, team))
    yield "mkdocs.yml", _CONFIGURATION.encode()
    yield "docs/about.md", _ABOUT.encode()
    yield "docs/index.md", _narrative(plan, team, entries).encode()
    yield "records/archive.yml", _record("archive", "schemas", _archive(plan))
    for name, schema in schema_files():
        yield f"records/schemas/{name}", schema.encode()
    kinds = (
        ("member", "members", team),
        ("donation", "donations", donations(plan, team)),
        ("story", "stories", stories(plan, team)),
        ("source", "sources", sources(plan, entries)),
    )
    for kind, folder, records in kinds:
        for id, fields in records:
            yield f"records/{folder}/{id}.yml", _record(kind, "../schemas", fields)
    for id, fields in entries:
        path = f"records/activities/{id[:4]}/{id}.yml"
        yield path, _record("activity", "../../schemas", fields)
    held = [
        one["file"] for _, fields in entries for one in fields.get("photos", ()) if "file" in one
    ]
    for number, file in enumerate(held):
        yield f"photos/{file}", picture(plan.photo_size, plan.seed + number)


class _Plain(yaml.CSafeDumper):
    """Writes every text plainly where it can, over several lines as a block."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 (as PyYAML declares it)

    def ignore_aliases(self, data: Any) -> bool:
        """No anchors: people do not write them."""
        return True


def _text(dumper: _Plain, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)


def _record(kind: str, schemas: str, fields: Fields) -> bytes:
    head = f"# yaml-language-server: $schema={schemas}/{kind}.schema.json\n# {words.FICTION}\n"
    body = yaml.dump(fields, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
    return (head + body).encode()


def _archive(plan: Plan) -> Fields:
    end = last_of_month(plan.last_day)
    fields: Fields = {
        "title": words.TITLE,
        "subtitle": words.SUBTITLE,
        "fiction": "true",
        "organisation": words.ORGANISATION,
        "place": words.PLACE,
        "period": f"{FIRST_DAY}/{end}",
        "licence": "CC0-1.0",
        "default_visibility": "public",
        "mark": "榕",
    }
    if plan.photos_per_day:
        fields["hero"] = "opening"
    tasks = [{"id": one.id, "label": one.label} for one in words.TASKS]
    measures = [
        {
            "id": one.id,
            "label": one.label,
            "unit": one.unit,
            "task": task.id,
            "aggregate": one.aggregate,
        }
        for task in words.TASKS
        for one in task.measures
    ]
    return fields | {
        "tasks": tasks,
        "measures": measures,
        "units": list(words.UNITS),
        "item_categories": _terms(words.CATEGORIES),
        "places": _terms(words.PLACES),
        "batches": _terms(words.BATCHES),
    }


def _terms(labels: dict[str, str]) -> list[Fields]:
    return [{"id": id, "label": label} for id, label in labels.items()]


def _narrative(
    plan: Plan, team: Sequence[tuple[str, Fields]], entries: Sequence[tuple[str, Fields]]
) -> str:
    """The home page: every figure in it comes from a record."""
    counted = {one["measure"]: None for _, fields in entries for one in fields.get("figures", ())}
    first = next((id for id, one in team if "name" in one), "")
    lines = [
        f"---\ntitle: {words.TITLE}\ndescription: {words.FICTION}\n---",
        "{{ hero() }}",
        f"**{words.FICTION}**",
        f'从{{{{ day("{FIRST_DAY}") }}}}起，{words.PLACE}有了一支互助队，前后一共'
        '{{ count("members") }}人。' + (f'召集的是{{{{ member("{first}") }}}}。' if first else ""),
        _call("key_figures", list(counted)[:6]),
        "## 一天一件事",
        f"留下来的记录有{_call('count', ['activities'])}条：扫楼道、送饭、修灯，还有坐下来说话。",
        _call("pull_quote", [words.SAYINGS[0]]),
        "## 谁给的，谁说的",
        f"街坊和店家送来东西，记下{_call('count', ['donations'])}笔；愿意留下的话也记了下来。",
        "{{ gallery_strip() }}" if plan.photos_per_day else "",
        "{{ team() }}",
        "{{ take_part() }}",
    ]
    return "\n\n".join(line for line in lines if line) + "\n"


def _call(name: str, arguments: Sequence[str]) -> str:
    return "{{ " + name + "(" + ", ".join(f'"{one}"' for one in arguments) + ") }}"
