"""Citizens' pictures: read carefully, turned upright, made small, and written anew without anything else in them."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from common.errors import Refused
from ideas.models.picture import WIDTHS

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 82


@dataclass(frozen=True)
class CleanPicture:
    """One picture in all widths; the largest comes last."""

    sizes: dict[int, bytes]
    width: int
    height: int
    sha256: str


def clean_picture(handle: IO[bytes], size: int) -> CleanPicture:
    """Return the picture re-encoded; raises ``Refused`` with a sentence for what is none, or too large."""
    if size > MOST_BYTES:
        raise _refusal(_("The picture is larger than 10 MB. Please choose a smaller one."), "too_large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = _read(handle)
            return _written(picture)
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _too_many_pixels() from error
    except Exception as error:  # Pillow's readers fail in many ways on broken files
        raise _refusal(
            _("This file is no picture that we can read. JPEG, PNG, WebP and GIF work."), "no_picture"
        ) from error


def _read(handle: IO[bytes]) -> Image.Image:
    handle.seek(0)
    picture = Image.open(handle, formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    picture.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    return upright.convert("RGBA" if has_alpha else "RGB")


def _written(picture: Image.Image) -> CleanPicture:
    sizes = {width: _encoded(picture, width) for width in WIDTHS}
    largest = _fitted(picture, WIDTHS[-1])
    digest = hashlib.sha256(sizes[WIDTHS[-1]]).hexdigest()
    return CleanPicture(sizes=sizes, width=largest[0], height=largest[1], sha256=digest)


def _fitted(picture: Image.Image, width: int) -> tuple[int, int]:
    """Return the size within ``width`` by twice ``width``, never larger than the picture."""
    factor = min(1.0, width / picture.width, 2 * width / picture.height)
    return max(1, round(picture.width * factor)), max(1, round(picture.height * factor))


def _encoded(picture: Image.Image, width: int) -> bytes:
    out = BytesIO()
    small = picture.resize(_fitted(picture, width), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info = {}
    small.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()


def _too_many_pixels() -> Refused:
    return _refusal(_("The picture has more than 25 million pixels. Please choose a smaller one."), "too_many_pixels")


def _refusal(message: str, code: str) -> Refused:
    return Refused(message, code=code, status=422, field="images")
