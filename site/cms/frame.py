"""What the frame of every page shows of the town: read once from the settings, kept in the fast cache for half a minute."""

import hashlib
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from wagtail.models import Page

from cms import colours, renditions
from cms.languages import here
from cms.models import TownSettings
from cms.models.pages import address
from cms.symbol import stamp as symbol_stamp
from theme.town import Link, Text, Town

KEY, SECONDS = "cms:frame", 30
# The town as this process unpacked it last: unpacking it for every page costs a millisecond.
_unpacked: dict[str, Town] = {}


def town(_request: HttpRequest | None = None) -> Town:
    """Return the town's texts; costs no statement while they are in the cache."""
    key = f"{KEY}:{get_language()}"
    kept: tuple[str, bytes] | None = caches["fast"].get(key)
    if kept is None:
        kept = packed(read())
        caches["fast"].set(key, kept, SECONDS)
    return _unpacked.get(kept[0]) or unpack(*kept)


def packed(found: Town) -> tuple[str, bytes]:
    """Return the town as the cache keeps it, and its stamp: the same as long as it says the same."""
    # By its words, not by its bytes: packing equal texts twice may give different bytes.
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16], pickle.dumps(found)


def unpack(stamp: str, whole: bytes) -> Town:
    """Return the town from the cache, and know it from now on."""
    found: Town = replace(pickle.loads(whole), stamp=stamp)  # noqa: S301 our own cache, which packs like this anyway
    if len(_unpacked) >= len(settings.LANGUAGES):
        _unpacked.clear()
    _unpacked[stamp] = found
    return found


def forget() -> None:
    """Let the next page read the settings again."""
    caches["fast"].delete_many([f"{KEY}:{language}" for language, _name in settings.LANGUAGES])


def read() -> Town:
    """Return the town's texts from the settings; what is empty there stays as the site brings it along."""
    kept = TownSettings.objects.select_related("crest").first() or TownSettings()
    usual = Town()
    return Town(
        name=kept.name,
        full_name=kept.full_name,
        claim=kept.claim,
        contact_lines=lines(kept.office, kept.persons) or usual.contact_lines,
        phone=kept.phone,
        email=kept.email,
        place_lines=lines(kept.address, kept.hours),
        address=", ".join(str(line) for line in lines(kept.address)),
        colours_url=colours_url(kept),
        crest_url=next((size.url for size in renditions.prepare(kept.crest, "crest")), ""),
        colour=kept.main_colour or usual.colour,
        symbol=symbol_stamp(kept.crest, kept.main_colour or usual.colour),
        nav=(
            *((name, words, here(url)) for name, words, url in usual.nav),
            *((url, words, url) for words, url in links(kept.menu)),
        ),
        take_part=links(kept.take_part_links) or moved(usual.take_part),
        check=links(kept.check_links) or moved(usual.check),
        legal=links(kept.legal_links) or moved(existing(usual.legal)),
    )


def moved(usual: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return links of the site itself with the addresses of the language of the moment."""
    return tuple((words, here(str(url))) for words, url in usual)


def colours_url(kept: TownSettings) -> str:
    """Return where the town's own colours are; empty when it keeps ours."""
    css = colours.stylesheet(kept)
    return reverse("cms:colours", args=[colours.stamp(css)]) if css else ""


def existing(usual: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return those of the usual links behind which there is a page already."""
    shown = {address(page) for page in Page.objects.live().filter(depth=3)}
    return tuple((words, url) for words, url in usual if url in shown)


def lines(*texts: str) -> tuple[Text, ...]:
    """Return the filled lines of some texts."""
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def links(stream: Iterable) -> tuple[Link, ...]:
    """Return words and address of every link that leads somewhere."""
    found = ((own_words(block.value), block.value.href) for block in stream)
    return tuple((words, here(url)) for words, url in found if words and url)


def own_words(link: Mapping[str, Any]) -> str:
    """Return what stands on a link of a menu, in the language of the moment as far as an editor has given it."""
    english = link.get("text_en") if get_language() == "en" else ""
    return english or in_german(link.words)  # type: ignore[attr-defined]


def in_german(words: str) -> str:
    """Return what an editor typed, told to be German where the page around it is not."""
    if not words:
        return ""
    return words if get_language() == settings.LANGUAGE_CODE else format_html('<span lang="de">{}</span>', words)
