"""Draws the demo's pictures: a lane of houses under a sky, with people; nothing real is shown.

Enter: a size in px and a number. Leave: the bytes of a JPEG; the same every time with one release
of Pillow. Pure.
"""

import io
import random

from PIL import Image, ImageDraw, ImageFont

_SKIES = ((222, 231, 236), (238, 226, 206), (206, 219, 228), (226, 214, 220), (44, 54, 74))
_WALLS = ((196, 170, 140), (168, 150, 132), (204, 188, 160), (150, 128, 116), (184, 162, 150))
_CLOTHES = ((176, 58, 46), (46, 92, 110), (214, 158, 62), (82, 104, 74), (98, 82, 112))
_SKETCH = (480, 360)
_QUALITY = 82


def picture(size: tuple[int, int], number: int) -> bytes:
    """A JPEG of that size: a sketch of fixed size enlarged, with the grain of a photograph."""
    chance = random.Random(number)
    image = _sketch(chance).resize(size, Image.Resampling.BICUBIC)
    grain = _GRAIN.rotate(90 * (number % 4)).resize(size, Image.Resampling.BILINEAR)
    image = Image.blend(image, Image.merge("RGB", (grain, grain, grain)), 0.05)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY)
    return stream.getvalue()


def _grain() -> Image.Image:
    chance = random.Random(0)
    return Image.frombytes("L", (256, 256), chance.randbytes(256 * 256))


_GRAIN = _grain()


def _sketch(chance: random.Random) -> Image.Image:
    width, height = _SKETCH
    sky = chance.choice(_SKIES)
    image = Image.new("RGB", _SKETCH, sky)
    draw = ImageDraw.Draw(image)
    sun, tall = chance.randrange(40, width - 40), chance.randrange(30, 90)
    draw.ellipse((sun - 18, tall - 18, sun + 18, tall + 18), fill=_mixed(sky, (255, 244, 220)))
    ground = int(height * chance.uniform(0.66, 0.76))
    left = -20
    while left < width:
        left = _house(draw, chance, left, ground, night=sum(sky) < 300)
    draw.rectangle((0, ground, width, height), fill=(150, 146, 138))
    for line in range(ground + 12, height, 16):
        draw.line((0, line, width, line + chance.randrange(-4, 5)), fill=(136, 132, 124))
    _tree(draw, chance, ground)
    for _ in range(chance.randrange(2, 6)):
        _person(draw, chance, ground)
    draw.text((8, height - 16), "FICTION", fill=(240, 238, 232), font=ImageFont.load_default(10))
    return image


def _house(
    draw: ImageDraw.ImageDraw, chance: random.Random, left: int, ground: int, *, night: bool
) -> int:
    """A house from `left` on; the x at which it ends."""
    right, top = left + chance.randrange(60, 120), chance.randrange(60, 170)
    wall = chance.choice(_WALLS)
    draw.rectangle((left, top, right, ground), fill=_mixed(wall, (40, 44, 60)) if night else wall)
    draw.rectangle((left - 4, top - 8, right + 4, top), fill=(92, 76, 68))
    for y in range(top + 14, ground - 30, 34):
        for x in range(left + 10, right - 18, 26):
            lit = night and chance.random() < 0.5
            draw.rectangle((x, y, x + 13, y + 18), fill=(240, 204, 120) if lit else (96, 104, 110))
    return right


def _tree(draw: ImageDraw.ImageDraw, chance: random.Random, ground: int) -> None:
    x = chance.randrange(20, _SKETCH[0] - 20)
    draw.rectangle((x - 6, ground - 70, x + 6, ground + 6), fill=(88, 68, 54))
    for _ in range(9):
        a, b = x + chance.randrange(-46, 47), ground - 86 + chance.randrange(-30, 31)
        green = (chance.randrange(60, 100), chance.randrange(96, 130), chance.randrange(60, 86))
        draw.ellipse((a - 24, b - 20, a + 24, b + 20), fill=green)


def _person(draw: ImageDraw.ImageDraw, chance: random.Random, ground: int) -> None:
    x, foot = chance.randrange(20, _SKETCH[0] - 20), ground + chance.randrange(30, 90)
    tall = (foot - ground) // 2 + 44
    head = tall // 8
    draw.rounded_rectangle(
        (x - tall // 7, foot - tall + 2 * head, x + tall // 7, foot - tall // 3),
        tall // 12,
        fill=chance.choice(_CLOTHES),
    )
    for side in (-1, 1):
        draw.line((x + side * 4, foot - tall // 3, x + side * 6, foot), fill=(52, 50, 54), width=6)
    draw.ellipse((x - head, foot - tall, x + head, foot - tall + 2 * head), fill=(214, 176, 146))


def _mixed(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple((a + b) // 2 for a, b in zip(one, other, strict=True))
