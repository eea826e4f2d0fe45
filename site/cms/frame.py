"""What the frame of every page shows of the town: read once from the settings, kept in the fast cache for half a minute."""

import hashlib
import pickle
from collections.abc import Iterable
from dataclasses import replace

from django.core.cache import caches
from django.http import HttpRequest
from wagtail.models import Page

from cms import renditions
from cms.models import TownSettings
from cms.models.pages import address
from theme.town import Link, Text, Town

KEY, SECONDS = "cms:frame", 30
# The town as this process unpacked it last: unpacking it for every page costs a millisecond.
_unpacked: dict[str, Town] = {}


def town(_request: HttpRequest | None = None) -> Town:
    """Return the town's texts; costs no statement while they are in the cache."""
    kept: tuple[str, bytes] | None = caches["fast"].get(KEY)
    if kept is None:
        kept = packed(read())
        caches["fast"].set(KEY, kept, SECONDS)
    return _unpacked.get(kept[0]) or unpack(*kept)


def packed(found: Town) -> tuple[str, bytes]:
    """Return the town as the cache keeps it, and its stamp: the same as long as it says the same."""
    # By its words, not by its bytes: packing equal texts twice may give different bytes.
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16], pickle.dumps(found)


def unpack(stamp: str, whole: bytes) -> Town:
    """Return the town from the cache, and know it from now on."""
    found: Town = replace(pickle.loads(whole), stamp=stamp)  # noqa: S301 our own cache, which packs like this anyway
    _unpacked.clear()
    _unpacked[stamp] = found
    return found


def forget() -> None:
    """Let the next page read the settings again."""
    caches["fast"].delete(KEY)


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
        crest_url=next((size.url for size in renditions.prepare(kept.crest, "crest")), ""),
        nav=(*usual.nav, *((url, words, url) for words, url in links(kept.menu))),
        take_part=links(kept.take_part_links) or usual.take_part,
        check=links(kept.check_links) or usual.check,
        legal=links(kept.legal_links) or existing(usual.legal),
    )


def existing(usual: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return those of the usual links behind which there is a page already."""
    shown = {address(page) for page in Page.objects.live().filter(depth=3)}
    return tuple((words, url) for words, url in usual if url in shown)


def lines(*texts: str) -> tuple[Text, ...]:
    """Return the filled lines of some texts."""
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def links(stream: Iterable) -> tuple[Link, ...]:
    """Return words and address of every link that leads somewhere."""
    found = ((block.value.words, block.value.href) for block in stream)
    return tuple((words, url) for words, url in found if words and url)
