"""Render every illustration beside this script from its SVG source to a JPEG.

In: `illustration-*.svg` under this folder, each with a viewBox of 1800 by 1200 units. Out: a JPEG
of the same name beside each, 1800 by 1200 px. Photographs are never read or changed, and the same
SVG gives the same bytes, because the pictures hold no text and so need no fonts.
"""

from pathlib import Path

import vl_convert

SCALE = 1.0
QUALITY = 90


def render(source: Path) -> Path:
    """Write the JPEG beside one SVG source and return its path."""
    picture = source.with_suffix(".jpg")
    svg = source.read_text(encoding="utf-8")
    picture.write_bytes(vl_convert.svg_to_jpeg(svg, scale=SCALE, quality=QUALITY))
    return picture


if __name__ == "__main__":
    folder = Path(__file__).resolve().parent
    for source in sorted(folder.rglob("illustration-*.svg")):
        print(render(source).relative_to(folder).as_posix())
