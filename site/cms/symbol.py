"""The town's symbol for home screens: its own crest while that may be shown, else the one that comes with the site."""

import hashlib
from functools import lru_cache
from io import BytesIO

from django.contrib.staticfiles import finders
from PIL import Image

from cms import renditions
from cms.models import Picture, TownSettings
from theme.town import town_for

LOOK = 1  # counts up when the drawing changes
SIZES = (48, 72, 96, 128, 144, 152, 180, 192, 256, 384, 512)
FULL = (180, 192, 512)  # Apple's home screens and others cut what reaches to the edge
# How much of the square the crest takes: a mask may leave a circle of 80 % only.
ALONE, MASKED = 0.94, 0.6
LARGEST = 512


def stamp(crest: Picture | None, colour: str) -> str:
    """Return what changes whenever the symbol would."""
    name = crest.file.name if crest is not None and renditions.is_usable(crest) else ""
    return hashlib.sha256(repr((LOOK, name, colour)).encode()).hexdigest()[:12]


def square(size: int, *, maskable: bool) -> bytes:
    """Return the symbol as PNG: by itself on nothing, or on white to the edge."""
    made = Image.new("RGBA", (size, size), "#ffffff" if maskable else (0, 0, 0, 0))
    drawing = crest(round(size * (MASKED if maskable else ALONE)))
    made.paste(drawing, ((size - drawing.width) // 2, (size - drawing.height) // 2), drawing)
    out = BytesIO()
    (made.convert("RGB") if maskable else made).save(out, "PNG", optimize=True)
    return out.getvalue()


def crest(side: int) -> Image.Image:
    """Return the crest, as large as fits into a square of that side."""
    drawing = original(town_for(None).symbol).copy()
    drawing.thumbnail((side, side), Image.Resampling.LANCZOS)
    return drawing


@lru_cache(maxsize=2)
def original(_stamp: str) -> Image.Image:
    """Return the crest in large; the stamp says which one the settings name at the moment."""
    return of_town() or own()


def of_town() -> Image.Image | None:
    """Return the crest that the editors chose; nothing when there is none, or none that may be shown or can be read."""
    kept = TownSettings.objects.select_related("crest").first()
    picture = kept.crest if kept else None
    if picture is None or not renditions.is_usable(picture):
        return None
    try:
        with picture.file.open("rb") as handle:
            found = Image.open(handle).convert("RGBA")
    except (OSError, ValueError, SyntaxError):
        return None
    found.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    return found


def own() -> Image.Image:
    """Return the crest that comes with the site: ``theme/crest.svg``, drawn once in large."""
    path = finders.find("theme/crest.png")
    found = Image.open(str(path)).convert("RGBA")
    found.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    return found
