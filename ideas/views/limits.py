"""How much somebody without an account may send in an hour; of the address only a fingerprint is kept, for that hour."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.errors import Refused

# Many people can share one address (a school, a mobile network), so these are wide.
MOST_AN_HOUR = {"drafts": 240, "uploads": 120}
HINTS_A_MINUTE = 120


def require_within_limits(request: HttpRequest) -> None:
    """Raise ``Refused`` (429) when too much came from this address without anybody being signed in."""
    if request.user.is_authenticated:
        return
    uploads = sum(len(request.FILES.getlist(name)) for name in request.FILES)
    if _over(request, "default", "drafts", 1, MOST_AN_HOUR["drafts"], 3600) or (
        uploads and _over(request, "default", "uploads", uploads, MOST_AN_HOUR["uploads"], 3600)
    ):
        words = _(
            "Very much came from your address within an hour. Your text still stands here: please sign in, or wait a while."
        )
        raise Refused(words, code="too_fast", status=429)


def too_many_hints(request: HttpRequest) -> bool:
    """Tell whether one address asks for hints faster than people type; counted where counting costs nothing."""
    return _over(request, "fast", "hints", 1, HINTS_A_MINUTE, 60)


def _over(request: HttpRequest, cache_name: str, name: str, by: int, most: int, seconds: int) -> bool:
    cache = caches[cache_name]
    sender = hashlib.sha256(f"{name}:{get_adapter().get_client_ip(request)}".encode()).hexdigest()
    key = f"ideas:{name}:{sender}"
    try:
        if cache.add(key, by, seconds):
            return by > most
        return int(cache.incr(key, by)) > most
    except Exception:  # ran out between the two lines, or the cache is away: a limit is no reason to lose a text
        return False
