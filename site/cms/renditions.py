"""The sizes in which pictures are shown: one name for each place, WebP at the widths that screens ask for."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.models import Picture, PictureRendition


@dataclass(frozen=True)
class Role:
    """A place for pictures: Wagtail's filters from small to large, and how wide the place is on screens."""

    filters: tuple[str, ...]
    sizes: str

    @property
    def specs(self) -> tuple[str, ...]:
        """Return the filters as Wagtail stores them."""
        return tuple(f"{filter_}|format-webp|webpquality-80" for filter_ in self.filters)


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
    "portrait": Role(("fill-320x320", "fill-640x640"), "18rem"),
    "body": Role(
        ("width-480", "width-800", "width-1360"),
        "(min-width: 62rem) 43rem, (min-width: 48rem) 90vw, calc(100vw - 32px)",
    ),
    "crest": Role(("max-80x88",), "40px"),
    "share": Role(("fill-1200x630",), "100vw"),
}


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
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}{} decoding="async">',
        sizes[min(1, len(sizes) - 1)].url,
        ", ".join(f"{one.url} {one.width}w" for one in sizes),
        ROLES[role].sizes,
        largest.width,
        largest.height,
        words,
        format_html(' class="{}"', css) if css else "",
        SafeString(' loading="lazy"') if lazy else SafeString(' fetchpriority="high"'),
    )


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
