"""The sizes in which pictures are shown: one name for each place, WebP, and by and by AVIF, at the widths that screens ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.images.models import Filter

from cms.models import Picture, PictureRendition

WEBP, AVIF = "format-webp|webpquality-80", "format-avif|avifquality-60"


@dataclass(frozen=True)
class Role:
    """A place for pictures: Wagtail's filters from small to large, and how wide the place is on screens."""

    filters: tuple[str, ...]
    sizes: str

    @property
    def specs(self) -> tuple[str, ...]:
        """Return the filters as Wagtail stores them."""
        return tuple(f"{filter_}|{WEBP}" for filter_ in self.filters)


ROLES = {
    "hero": Role(("fill-720x432", "fill-1280x480", "fill-2000x750"), "100vw"),
    "wide": Role(
        ("fill-480x320", "fill-800x533", "fill-1360x907"),
        "(min-width: 62rem) 43rem, (min-width: 48rem) 90vw, calc(100vw - 32px)",
    ),
    "lead": Role(
        ("fill-480x270", "fill-800x450", "fill-1360x765"),
        "(min-width: 62rem) 43rem, (min-width: 48rem) 90vw, calc(100vw - 32px)",
    ),
    "card": Role(
        ("fill-400x267", "fill-800x533"), "(min-width: 62rem) 25rem, (min-width: 48rem) 45vw, calc(100vw - 32px)"
    ),
    "row": Role(("fill-160x120", "fill-320x240"), "(min-width: 48rem) 9rem, 6rem"),
    "tile": Role(("fill-80x80", "fill-160x160"), "4rem"),
    "face": Role(("fill-160x160", "fill-320x320"), "6rem"),
    "portrait": Role(("fill-320x320", "fill-640x640"), "18rem"),
    "body": Role(
        ("width-480", "width-800", "width-1360"),
        "(min-width: 62rem) 43rem, (min-width: 48rem) 90vw, calc(100vw - 32px)",
    ),
    "crest": Role(("max-80x88",), "40px"),
    "share": Role(("fill-1200x630",), "100vw"),
}


# Places where AVIF saves something; small signs gain nothing, and what others show must be readable everywhere.
LARGE = ("hero", "wide", "lead", "card", "portrait", "body")


def is_usable(picture: Picture | None) -> bool:
    """Tell whether the picture may be shown today: its licence has not ended."""
    return picture is not None and (picture.usable_until is None or picture.usable_until >= timezone.localdate())


def img(picture: Picture | None, role: str, *, alt: str | None = None, lazy: bool = True, css: str = "") -> SafeString:
    """Return an ``img`` with reserved size; nothing for a picture that may not be shown or cannot be read."""
    sizes = prepare(picture, role)
    if not sizes:
        return SafeString()
    largest = sizes[-1]
    words = picture.default_alt_text if alt is None and picture else alt or ""
    tag = format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{} decoding="async">',
        sizes[min(1, len(sizes) - 1)].url,
        srcset(sizes),
        ROLES[role].sizes,
        largest.width,
        largest.height,
        words,
        format_html(' class="{}"', css) if css else "",
        SafeString(' loading="lazy"') if lazy else SafeString(' fetchpriority="high"'),
    )
    smaller = avif_sizes(picture, role)
    if not smaller:
        return tag
    source = '<picture><source type="image/avif" srcset="{}" sizes="{}">{}</picture>'
    return format_html(source, srcset(smaller), ROLES[role].sizes, tag)


def srcset(sizes: Iterable[PictureRendition]) -> str:
    """Return the sizes as browsers choose among them."""
    return ", ".join(f"{one.url} {one.width}w" for one in sizes)


def avif_sizes(picture: Picture | None, role: str) -> list[PictureRendition]:
    """Return the sizes as AVIF, smallest first; none until all are made (``cms.avif``). Nothing is made here.

    That there are none is remembered for ten minutes, so asking costs no statement for each picture on a page.
    """
    if picture is None or role not in LARGE:
        return []
    cache, key = PictureRendition.cache_backend, f"no-avif:{picture.pk}:{role}"
    if cache.get(key):
        return []
    filters = [Filter(spec=as_avif(spec)) for spec in ROLES[role].specs]
    found = picture.find_existing_renditions(*filters)
    if len(found) < len(filters):
        cache.set(key, value=True)
        return []
    fresh = {one: size for one, size in found.items() if not getattr(size, "_from_cache", False)}
    if fresh:
        keys = {
            one: PictureRendition.construct_cache_key(picture, one.get_cache_key(picture), one.spec) for one in fresh
        }
        cache.set_many({keys[one]: size for one, size in fresh.items()})
    return sorted(found.values(), key=lambda one: one.width)


def as_avif(spec: str) -> str:
    """Return the filter that makes the same size as AVIF."""
    return spec.replace(WEBP, AVIF)


def prepare(picture: Picture | None, *roles: str) -> list[PictureRendition]:
    """Make (or find) the sizes of a picture for some places, smallest first; empty when its file is gone or broken."""
    if picture is None or not is_usable(picture):
        return []
    specs = [spec for role in roles for spec in ROLES[role].specs]
    try:
        found = picture.get_renditions(*specs)
    except (OSError, ValueError, SyntaxError):  # lost file, or one that no decoder reads
        return []
    return sorted(found.values(), key=lambda one: one.width)
