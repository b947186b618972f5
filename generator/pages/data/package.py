"""`data/datapackage.json`: what the tables hold, for programs (Data Package 2.0, Frictionless).

Enter: an edition. Leave: a descriptor. Paths are relative to the data folder.
"""

import re
from typing import Any

from generator.pages.data.tables import TABLES, Table
from generator.pages.edition import Edition

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_FICTION = "；虚构示例 a fictional example"
_CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([0-9.]+)")


def package(edition: Edition) -> dict[str, Any]:
    """The descriptor of every CSV table, and of the statistics with their schema."""
    file = edition.archive.file
    described: dict[str, Any] = {
        "$schema": _PROFILE,
        "name": "chronicle",
        "title": file.title,
        "description": f"{file.organisation}, {file.period.text}{_FICTION if file.fiction else ''}",
    }
    if edition.site_url:
        described["homepage"] = edition.site_url
    if file.licence:
        described["licenses"] = [licence(file.licence)]
    described["contributors"] = [{"title": file.organisation, "roles": ["creator"]}]
    resources = [_resource(table) for table in TABLES]
    statistics = [_json("statistics"), _json("series")]
    return described | {"resources": [*resources, *statistics]}


def licence(name: str) -> dict[str, str]:
    """A licence by its SPDX name, with the address of a Creative Commons one."""
    known = _CREATIVE_COMMONS.fullmatch(name)
    if known is None:
        return {"name": re.sub(r"[^\w.-]+", "-", name), "title": name}
    path = f"https://creativecommons.org/licenses/{known[1].lower()}/{known[2]}/"
    return {"name": name, "title": name, "path": path}


def _resource(table: Table) -> dict[str, Any]:
    fields = [{"name": name, "type": type} for name, type in table.columns.items()]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = [table.key]
    if table.links:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": target, "fields": ["id"]}}
            for column, target in table.links.items()
        ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _json(name: str) -> dict[str, Any]:
    return {
        "name": f"{name}-json",
        "path": f"{name}.json",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    }
