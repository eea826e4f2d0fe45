"""The picture beside a shared link, for pages and ideas without one of their own: crest, name and title above the river."""

import hashlib
import math
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from typing import Any, cast

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from cms import symbol
from ideas.models import Idea
from theme.town import Town, town_for

WIDTH, HEIGHT, EDGE = 1200, 630, 72
LOOK = 1  # counts up when the drawing changes
GROUND, INK, QUIET, SUN = "#f1f6f3", "#16211e", "#485852", "#ffcf4a"
FONTS = settings.BASE_DIR / "var" / "assets" / "print"
SIZES, LINES = (76, 66, 58, 50, 44), 4


def stamp(title: str, above: str = "") -> str:
    """Return what changes whenever the drawing would."""
    town = town_for(None)
    words = (LOOK, title, above, str(town.name), str(town.claim), town.colour, town.symbol)
    return hashlib.sha256(repr(words).encode()).hexdigest()[:12]


def address(page: Any) -> str:
    """Return the path of the picture drawn for a page."""
    return f"/vorschau/{page.pk}-{stamp(page.share_title)}.png"


def idea_address(idea: Idea) -> str:
    """Return the path of the picture drawn for an idea; costs no statement where its campaign was read."""
    return f"/vorschau/idee/{idea.pk}-{stamp(idea.title, idea.campaign.title)}.png"


def draw(title: str, town: Town, above: str = "") -> bytes:
    """Return the picture as PNG, 1200 by 630; ``above`` is what the title belongs to, in one line."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((WIDTH - 250, -90, WIDTH + 30, 190), fill=SUN)
    river(pen, town.colour)
    crest = symbol.crest(96)
    picture.paste(crest, (EDGE, 52), crest)
    write(pen, (EDGE + 116, 60), str(town.name), "latin", 40, INK)
    write(pen, (EDGE + 116, 108), str(town.claim), "latin", 28, QUIET, weight=400)
    pen.rectangle((EDGE, 190, EDGE + 96, 197), fill=SUN)
    if above:
        write(pen, (EDGE + 116, 175), shortened(above), "latin", 28, QUIET, weight=400)
    size, lines = fitted(title)
    for place, line in enumerate(lines):
        write(pen, (EDGE, 216 + round(place * size * 1.16)), line, "serif-latin", size, INK)
    out = BytesIO()
    picture.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def river(pen: ImageDraw.ImageDraw, colour: str) -> None:
    """Draw the river along the lower edge."""
    wave = [(x, HEIGHT - 62 + 12 * math.sin(x / 95)) for x in range(0, WIDTH + 8, 8)]
    pen.polygon([*wave, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)


def shortened(text: str) -> str:
    """Return the beginning of a text that has room beside the small line."""
    first = next(broken(text, 34), "")
    return first if first == " ".join(text.split()) else f"{first} …"


def fitted(title: str) -> tuple[int, list[str]]:
    """Return the largest size in which the title has at most four lines; what is still too long ends with an ellipsis."""
    for size in SIZES:
        lines = list(broken(title, size))
        if len(lines) <= LINES and len(lines) * size * 1.16 < 330:
            return size, lines
    return SIZES[-1], [*lines[: LINES - 1], f"{lines[LINES - 1]} …"]


def broken(text: str, size: int) -> Iterator[str]:
    """Yield the lines of a text; a word that is wider than a line is cut."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if not line or width(longer, "serif-latin", size) <= WIDTH - 2 * EDGE:
            line = longer
        else:
            yield line
            line = word
        while width(line, "serif-latin", size) > WIDTH - 2 * EDGE:
            part = next(
                n for n in range(len(line), 0, -1) if width(f"{line[:n]}-", "serif-latin", size) <= WIDTH - 2 * EDGE
            )
            yield f"{line[:part]}-"
            line = line[part:]
    if line:
        yield line


def write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    text: str,
    family: str,
    size: int,
    colour: str,
    *,
    weight: int = 600,
) -> None:
    """Write a line; letters that our first font lacks come from the second."""
    x, y = at
    for piece, found in pieces(text, family, size, weight):
        pen.text((x, y), piece, font=found, fill=colour)
        x += found.getlength(piece)


def width(text: str, family: str, size: int) -> float:
    """Return how wide a line is, in pixels."""
    return sum(found.getlength(piece) for piece, found in pieces(text, family, size, 600))


def pieces(text: str, family: str, size: int, weight: int) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
    """Yield parts of a line with the font that has their letters."""
    for is_usual, letters in groupby(text, is_western):
        yield "".join(letters), font(f"{family}{'' if is_usual else '-ext'}-{weight}", size)


def is_western(letter: str) -> bool:
    """Tell whether the first font has the letter."""
    return ord(letter) < 0x100 or 0x2000 <= ord(letter) <= 0x206F or letter in "Œœ€™"


@lru_cache(maxsize=32)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return our font as it lies among the assets, or Pillow's own where they were not built."""
    try:
        return ImageFont.truetype(str(FONTS / f"{name}.woff"), size)
    except OSError:
        return cast(ImageFont.FreeTypeFont, ImageFont.load_default(size))
