"""Draw the two icons of the app package: a rosette of eight petals around a hub.

Run once by hand (``python -m manifest.draw_icons``, with the development packages installed) after
a change to the drawing; the PNG files are kept beside this one.
"""

from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
GROUND = "#17505C"
PETALS = ("#FFFFFF", "#A9DDD6")
HUB = "#F2B441"
#: Drawn this many times larger and then reduced, which gives smooth edges.
OVERSAMPLING = 16


def draw_color(size: int = 192) -> Image.Image:
    """The full-colour icon: its drawing stays inside the middle 120 pixels that Teams never cuts."""
    big = size * OVERSAMPLING
    icon = Image.new("RGBA", (big, big), GROUND)
    for turn in range(8):
        petal = _petal(big, turn / 8, reach=0.305, inner=0.115, width=0.098)
        icon.paste(PETALS[turn % 2], mask=petal)
    icon.paste(HUB, mask=_disc(big, radius=0.075))
    return icon.resize((size, size), Image.Resampling.BOX)


def draw_outline(size: int = 32) -> Image.Image:
    """The outline icon: pure white, and only its transparency varies."""
    big = size * OVERSAMPLING
    shape = Image.new("L", (big, big), 0)
    for turn in range(8):
        shape.paste(255, mask=_petal(big, turn / 8, reach=0.455, inner=0.215, width=0.115))
    shape.paste(255, mask=_disc(big, radius=0.125))
    icon = Image.new("RGBA", (size, size), "#FFFFFF")
    icon.putalpha(shape.resize((size, size), Image.Resampling.BOX))
    return icon


def _petal(big: int, turn: float, *, reach: float, inner: float, width: float) -> Image.Image:
    """A round-ended bar from ``inner`` to ``reach``, ``turn`` of the way round.

    All lengths are parts of the icon's side.
    """
    mask = Image.new("L", (big, big), 0)
    pen = ImageDraw.Draw(mask)
    along = (sin(2 * pi * turn), -cos(2 * pi * turn))
    thick = width * big
    ends = []
    for distance in (inner + width / 2, reach - width / 2):
        x, y = (big / 2 + part * distance * big for part in along)
        pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=255)
        ends.append((x, y))
    pen.line(ends, fill=255, width=round(thick))
    return mask


def _disc(big: int, *, radius: float) -> Image.Image:
    mask = Image.new("L", (big, big), 0)
    low, high = big * (0.5 - radius), big * (0.5 + radius)
    ImageDraw.Draw(mask).ellipse((low, low, high, high), fill=255)
    return mask


if __name__ == "__main__":
    draw_color().save(HERE / "color.png", optimize=True)
    draw_outline().save(HERE / "outline.png", optimize=True)
