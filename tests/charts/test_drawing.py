import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from generator.charts.chart import Spec
from generator.charts.drawing import draw, draw_seen, drawing_key
from generator.charts.told import put_aside

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def spec_of(name: str = "甲", href: str = "../days/2020-03-04.html", **more: Any) -> Spec:
    """One bar with one link."""
    axis = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": None}
    ends = {"x": {"field": "x", **axis}, "x2": {"field": "x2"}, "y": {"field": "y", **axis}}
    told = {"href": {"field": "href"}, "description": {"field": "name"}}
    value = {"x": 0, "x2": 1 / 3, "y": 0, "y2": 1, "href": href, "name": name}
    when = {"field": "t", "type": "temporal", "scale": {"type": "utc"}, "axis": {"format": "%B %A"}}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "name": "bar",
        "description": f"{name}是答案",
        "usermeta": {"title": f"{name}？"},
        "autosize": {"type": "none"},
        "height": 60,
        "padding": {"left": 30, "right": 10, "top": 5, "bottom": 30},
        "layer": [
            {
                "data": {"values": [value]},
                "mark": {"type": "rect", "fill": "transparent"},
                "encoding": {**ends, "y2": {"field": "y2"}, **told},
            },
            {
                "data": {"values": [{"t": 1583280000000}]},  # 2020-03-04, in ms
                "mark": {"type": "rule", "stroke": "var(--chart-1)"},
                "encoding": {"x": when},
            },
        ],
        "resolve": {"scale": {"x": "independent"}},
        **more,
    }


def seen(*given: Any, **more: Any) -> Spec:
    """What is seen of it."""
    return put_aside(spec_of(*given, **more))[0]


def tree(svg: str) -> ElementTree.Element:
    """The parsed drawing, its tags without the namespace."""
    return ElementTree.fromstring(svg.replace(XMLNS, ""))


def test_a_drawing_is_as_wide_as_asked() -> None:
    root = tree(draw(spec_of(), 350, "zh"))
    assert (root.get("width"), root.get("viewBox")) == ("350", "0 0 350 95")


def test_links_lead_where_the_specification_says() -> None:
    for href in ("../days/2020-03-04.html", "#recorded-a", "../donations/a.html#b"):
        (link,) = tree(draw(spec_of(href=href), 350, "zh")).iter("a")
        assert link.get("href") == href


def test_a_drawing_names_no_address_outside_the_site() -> None:
    svg = draw(spec_of(), 350, "zh")
    assert svg.count("//") == 1
    assert XMLNS in svg


def test_screen_readers_get_a_title_a_description_and_named_links() -> None:
    root = tree(draw(spec_of(), 350, "zh"))
    told = {element.get("id"): element.text for element in root if element.tag in ("title", "desc")}
    assert told[root.get("aria-labelledby")] == "甲？"
    assert told[root.get("aria-describedby")] == "甲是答案"
    assert root.get("role") == "group"  # what is inside an `img` could not be reached
    assert [link.get("aria-label") for link in root.iter("a")] == ["甲"]


def test_what_is_no_link_is_hidden_from_screen_readers() -> None:
    root = tree(draw(spec_of(), 350, "zh"))
    hidden = [one for one in root.iter() if one.get("aria-hidden") == "true"]
    assert any(one.tag == "line" for group in hidden for one in group.iter())
    assert not any(one.tag == "a" for group in hidden for one in group.iter())


def test_fonts_are_inherited_and_colours_are_variables() -> None:
    svg = draw(spec_of(), 350, "zh")
    assert "font-family" not in svg
    assert 'stroke="var(--chart-1)"' in svg


def test_dates_are_in_the_language_of_the_page() -> None:
    assert "三月 星期三" in draw(spec_of(), 350, "zh")
    assert "March Wednesday" in draw(spec_of(), 350, "en")


def test_the_two_drawings_of_a_chart_share_no_id() -> None:
    wide, narrow = draw(spec_of(), 720, "zh"), draw(spec_of(), 350, "zh")
    ids = re.findall(r'\bid="([^"]+)"', wide + narrow)
    assert len(ids) == len(set(ids)) == 4


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"onload="x', "a\x08b", "&amp;]]>"])
def test_texts_of_records_stay_texts(name: str) -> None:
    root = tree(draw(spec_of(name), 350, "zh"))
    (link,) = root.iter("a")
    assert link.get("aria-label") == name.replace("\x08", "")
    assert "script" not in {element.tag for element in root.iter()}
    assert not any(key.startswith("on") for element in root.iter() for key in element.attrib)


def test_the_key_of_a_drawing_follows_all_that_it_depends_on() -> None:
    keys = {
        drawing_key(seen(), 350, "zh"),
        drawing_key(seen(height=61), 350, "zh"),
        drawing_key(seen(), 720, "zh"),
        drawing_key(seen(), 350, "en"),
    }
    assert len(keys) == 4
    assert drawing_key(seen(), 350, "zh") in keys


def test_what_is_only_told_is_put_aside_and_in_again() -> None:
    """Whatever a name holds, it is drawn the same, and reads the same in the end."""
    assert seen("乙", "#there") == seen()
    svg = draw_seen(seen(), 350, "zh")
    for name in ("乙", "", 'a"\n\t<b>&amp;', "&#10;\r"):
        _, told = put_aside(spec_of(name, "#there"))
        root = tree(told.put_into(svg))
        (link,) = root.iter("a")
        title = link.find(".//title")
        assert (link.get("href"), link.get("aria-label")) == ("#there", name)
        assert title is not None and (title.text or "") == name.replace("\r", "\n")
        assert [one.text for one in root[:2]] == [
            f"{name}？".replace("\r", "\n"),
            f"{name}是答案".replace("\r", "\n"),
        ]


DRAW_A_MONTH = """
from tests.charts.archives import month_of_work
from tests.charts.archives import charts_of
print(ascii([(one.wide, one.narrow) for one in charts_of(month_of_work(), "zh")]))
"""


def test_a_drawing_does_not_depend_on_the_machine(tmp_path: Path) -> None:
    fontless = tmp_path / "fonts.conf"
    fontless.write_text("<fontconfig><dir>/nowhere</dir></fontconfig>", encoding="utf-8")
    elsewhere = {
        "TZ": "Asia/Tokyo",
        "FONTCONFIG_FILE": str(fontless),
        "PYTHONHASHSEED": "7",
        "LANG": "C",
    }
    here, there = (
        subprocess.run(
            [sys.executable, "-c", DRAW_A_MONTH],
            env=os.environ | changes,
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
        ).stdout
        for changes in ({}, elsewhere)
    )
    assert here == there
    assert b"<svg" in here


def test_the_renderer_is_not_loaded_before_something_is_drawn() -> None:
    code = "import sys, generator.charts.questions; sys.exit('vl_convert' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
