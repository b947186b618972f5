import json
import re
from pathlib import Path

import pytest
import vl_convert

import generator
from generator.charts.chart import Chart
from generator.charts.taken_away import COLOURS, plain_specification, plain_table

from .archives import charts_of, month_of_work

TOKENS = Path(generator.__file__).parent / "assets" / "tokens.css"


def month() -> dict[str, Chart]:
    return {one.id: one for one in charts_of(month_of_work(), "zh")}


def test_the_colours_of_a_specification_are_those_of_the_page_by_day() -> None:
    css = TOKENS.read_text(encoding="utf-8")
    by_day = dict(re.findall(r"(--[\w-]+): var\(--day, (#\w+)\)", css))
    assert {name: by_day[name] for name in COLOURS} == COLOURS


@pytest.mark.parametrize("id", [*month()])
def test_a_specification_stands_alone_and_is_drawn_by_vega_lite(id: str) -> None:
    spec = plain_specification(month()[id], "")
    assert "var(--" not in json.dumps(spec)
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    assert svg.startswith("<svg")
    assert spec["width"] + spec["padding"]["left"] + spec["padding"]["right"] == 720


def hrefs(spec: object) -> list[str]:
    return re.findall(r'"href": "([^"]*)"', json.dumps(spec))


def test_addresses_are_relative_to_the_file_or_whole_where_the_site_has_one() -> None:
    tasks = month()["tasks"]
    assert hrefs(plain_specification(tasks, ""))[0] == (
        "../../days/2020-03-02.html#activity-street"
    )
    assert hrefs(plain_specification(tasks, "https://example.org/a"))[0] == (
        "https://example.org/a/days/2020-03-02.html#activity-street"
    )
    growth = plain_specification(month()["growth"], "")
    assert hrefs(growth)[0] == "../../statistics/index.html#recorded-activities"


def test_the_table_is_plain_text() -> None:
    row = plain_table(month()["fullness"])[0]
    assert row == {"日子": "2020年3月2日", "活动": "2", "捐赠": "0", "口述": "0", "合计": "2"}
