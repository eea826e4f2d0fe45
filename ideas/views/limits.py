"""How much somebody may send: buckets in the database, shared by all processes; addresses are kept as keyed fingerprints only."""

import hashlib

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from common import buckets
from common.buckets import Rate
from common.errors import Refused

# Many people can share one address (a school, a mobile network), so these are wide.
MOST_AN_HOUR = {"drafts": 240, "uploads": 120}
HINTS_A_MINUTE = 120
NAMES_A_MINUTE = 240


def require_within_limits(request: HttpRequest) -> None:
    """Raise ``Refused`` (429) when too much came from this address without anybody being signed in."""
    if request.user.is_authenticated:
        return
    uploads = sum(len(request.FILES.getlist(name)) for name in request.FILES)
    sender = f"address:{get_adapter().get_client_ip(request)}"
    for name, cost in (("drafts", 1), ("uploads", uploads)):
        if wait := buckets.take(Rate(name, MOST_AN_HOUR[name]), sender, cost):
            words = _(
                "Very much came from your address within an hour. Your text still stands here: please sign in, or send it again %(when)s."
            )
            said = words % {"when": buckets.in_words(wait)}
            raise Refused(said, code="too_fast", status=429, retry_after=wait)


def require_pace(request: HttpRequest, name: str) -> None:
    """Raise ``Refused`` (429) when this account sends faster than people write; ``name``: ``ideas`` or ``comments``."""
    most = {"ideas": settings.IDEAS_PER_HOUR, "comments": settings.COMMENTS_PER_HOUR}[name]
    buckets.require(Rate(name, most), f"account:{request.user.pk}")


def told_to_wait(response: HttpResponse, refusal: Refused) -> HttpResponse:
    """Return the answer with the seconds to wait, for programs."""
    if refusal.retry_after is not None:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def too_many_hints(request: HttpRequest) -> bool:
    """Tell whether one address asks for hints faster than people type; counted where counting costs nothing."""
    return _over(request, "hints", HINTS_A_MINUTE)


def too_many_names(request: HttpRequest) -> bool:
    """Tell whether one address asks for names faster than people type."""
    return _over(request, "names", NAMES_A_MINUTE)


def _over(request: HttpRequest, name: str, most: int) -> bool:
    """Count a question in the fast cache: it is asked with every few letters, so it must not write to the database."""
    cache = caches["fast"]
    sender = hashlib.sha256(f"{name}:{get_adapter().get_client_ip(request)}".encode()).hexdigest()
    key = f"ideas:{name}:{sender}"
    try:
        if cache.add(key, 1, 60):
            return most < 1
        return int(cache.incr(key)) > most
    except Exception:  # ran out between the two lines, or the cache is away: a limit is no reason to lose a text
        return False
