"""AVIF beside WebP: smaller, but slow to make, so it is made in the background and never while somebody waits for a page."""

import time
from collections.abc import Iterator

import structlog
from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Replace
from wagtail.images.models import Filter

from cms.models import PictureRendition
from cms.renditions import AVIF, LARGE, ROLES, WEBP, as_avif, is_usable

log = structlog.get_logger()
SECONDS = 6.0  # of each run; whatever else is due waits no longer than that


def make_waiting(seconds: float = SECONDS) -> int:
    """Make sizes as AVIF that pages have shown as WebP, the latest first, for about so long; return how many."""
    ends, made = time.monotonic() + seconds, 0
    for size in waiting():
        if time.monotonic() >= ends:
            break
        made += make(size)
    return made


def waiting() -> Iterator[PictureRendition]:
    """Yield the sizes of large places that there are as WebP only."""
    specs = [spec for role in LARGE for spec in ROLES[role].specs]
    same = PictureRendition.objects.filter(
        image=OuterRef("image"), focal_point_key=OuterRef("focal_point_key"), filter_spec=OuterRef("wanted")
    )
    webp = PictureRendition.objects.filter(filter_spec__in=specs)
    wanted = webp.annotate(wanted=Replace(F("filter_spec"), Value(WEBP), Value(AVIF)))
    yield from wanted.filter(~Exists(same)).select_related("image").order_by("-pk")


def make(size: PictureRendition) -> bool:
    """Make one size as AVIF; not of a picture whose time is over, nor of what was cut before its focus was moved."""
    wanted = Filter(spec=as_avif(size.filter_spec))
    if not is_usable(size.image) or wanted.get_cache_key(size.image) != size.focal_point_key:
        return False
    try:
        size.image.get_rendition(wanted)
    except (OSError, ValueError, SyntaxError, RuntimeError) as error:  # lost file, or one that no decoder reads
        log.warning("picture_without_avif", picture=size.image_id, error=str(error))
        return False
    return True
