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
ORIENTATION = 0x0112
MOST_TIMES = 100  # longer than wide, or wider than long


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
    if _is_heic(handle.read(12)):
        raise _refusal(
            _("Pictures in the format HEIC cannot be read here. Please save it as JPEG; phones do that when sharing."),
            "heic",
        )
    handle.seek(0)
    picture = Image.open(handle, formats=FORMATS)
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_many_pixels()
    if min(picture.size) * MOST_TIMES < max(picture.size):
        raise _refusal(_("The picture is too narrow to be shown."), "too_narrow")
    picture.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))
    picture.load()
    # Made small before anything else, so that no copy of the whole picture is needed.
    return ImageOps.exif_transpose(_small(picture))


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def _plain(picture: Image.Image) -> Image.Image:
    """Return the picture with eight bits for each colour, with transparency if it has any."""
    if picture.mode.startswith("I"):  # sixteen bits of grey, which a plain conversion would turn white
        return picture.convert("I").point(lambda grey: grey * (1 / 257)).convert("L").convert("RGB")
    wanted = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)


def _small(picture: Image.Image) -> Image.Image:
    """Return the picture as large as the largest size that is kept, with a mark of how it is turned and no other."""
    found = picture.getexif().get(ORIENTATION, 1)
    orientation = found if found in range(1, 9) else 1
    size = _fitted(picture.size, WIDTHS[-1]) if orientation < 5 else _fitted(picture.size[::-1], WIDTHS[-1])[::-1]
    small = _plain(picture).resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
    small.info = {}
    small.getexif()[ORIENTATION] = orientation
    return small


def _written(picture: Image.Image) -> CleanPicture:
    sizes = {width: _encoded(picture, width) for width in WIDTHS}
    digest = hashlib.sha256(sizes[WIDTHS[-1]]).hexdigest()
    return CleanPicture(sizes=sizes, width=picture.width, height=picture.height, sha256=digest)


def _fitted(size: tuple[int, int], width: int) -> tuple[int, int]:
    """Return the size within ``width`` by twice ``width``, never larger than the picture."""
    factor = min(1.0, width / size[0], 2 * width / size[1])
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _encoded(picture: Image.Image, width: int) -> bytes:
    out = BytesIO()
    small = picture.resize(_fitted(picture.size, width), Image.Resampling.LANCZOS, reducing_gap=2.0)
    small.info = {}
    small.save(out, "WEBP", quality=QUALITY, method=2)
    return out.getvalue()


def _too_many_pixels() -> Refused:
    return _refusal(_("The picture has more than 25 million pixels. Please choose a smaller one."), "too_many_pixels")


def _refusal(message: str, code: str) -> Refused:
    return Refused(message, code=code, status=422, field="images")
