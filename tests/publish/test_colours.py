"""An archive's own colours: every text stays readable, and the site carries them."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.kinds.archive_file import Colours
from generator.publish.colours import style_sheet
from generator.values.colours import READABLE, contrast, readable_on
from tests.sites import ARCHIVE, SMALL, built, write_archive

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
INK, NIGHT = "#1f2328", "#15181b"


def tokens(colours: Colours) -> dict[str, tuple[str, str]]:
    found = re.findall(
        r"--([\w-]+): var\(--day, (#\w{6})\) var\(--night, (#\w{6})\)", style_sheet(colours)
    )
    return {name: (day, night) for name, day, night in found}


def test_without_colours_there_is_no_style_sheet(tmp_path: Path) -> None:
    assert style_sheet(Colours()) == ""
    site = built(write_archive(tmp_path, SMALL))
    assert not (site / "assets/chronicle/colours.css").exists()
    assert "colours.css" not in (site / "index.html").read_text(encoding="utf-8")


@given(COLOURS, st.none() | COLOURS.map(lambda one: readable_on(INK, one, 9)))
def test_whatever_the_colours_everything_can_be_read(accent: str, paper: str | None) -> None:
    ground = paper or "#fbfaf7"
    found = tokens(Colours(accent=readable_on(ground, accent), paper=paper))
    assert contrast(found["accent"][0], ground) >= READABLE
    assert contrast(found["accent"][1], NIGHT) >= READABLE
    for number in (0, 1):
        assert contrast(found["on-full-2"][number], found["full-2"][number]) >= READABLE
    if paper:
        assert contrast(found["quiet"][0], found["tint"][0]) >= READABLE
        assert contrast(found["edge"][0], paper) >= 3


def test_the_sites_pages_and_mark_carry_them(tmp_path: Path) -> None:
    own = ARCHIVE + "colours: {accent: '#1f5f8b'}\n"
    site = built(write_archive(tmp_path, {**SMALL, "records/archive.yml": own}))
    for page in ("index.html", "members/index.html", "404.html"):
        text = (site / page).read_text(encoding="utf-8")
        assert text.index("tokens.css") < text.index("colours.css") < text.index("content.css")
    assert "#1f5f8b" in (site / "assets/chronicle/colours.css").read_text(encoding="utf-8")
    assert "#1f5f8b" in (site / "assets/chronicle/mark.svg").read_text(encoding="utf-8")
