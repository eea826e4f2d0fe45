"""How much somebody may send: a full bucket at once, then as fast as it fills again. Shared by all processes.

A bucket is one number: the moment at which it is full again. Everything taken moves that moment on by its share of the time
a bucket takes to fill, never back before the clock; whoever would move it further ahead than a whole bucket has to wait.
One condition in one statement holds that for any number of requests at once, on both databases.

    WRITING = Rate("comments", most=60, seconds=3600)
    buckets.require(WRITING, f"account:{user.pk}")           # raises Refused (429) with the time to wait
    if wait := buckets.take(WRITING, f"address:{address}"):  # or ask for the seconds and say it yourself

Call it before the action and outside its transaction, so that the row is not held while the action runs.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.database import now
from common.errors import Refused
from common.models import Bucket

# With another source of its one row it can be part of a larger statement (``voting.taking``).
MOVE = """
    INSERT INTO common_bucket (name, ahead) {source}
    ON CONFLICT (name) DO UPDATE SET ahead = %(share)s +
        CASE WHEN common_bucket.ahead > %(clock)s THEN common_bucket.ahead ELSE %(clock)s END
    WHERE common_bucket.ahead <= %(latest)s RETURNING ahead"""
TAKE = MOVE.format(source="VALUES (%(name)s, %(clock)s + %(share)s)")


@dataclass(frozen=True)
class Rate:
    """What is limited: ``most`` at once, all of it free again after ``seconds``; 0 means no limit."""

    name: str
    most: int
    seconds: int = 3600


def take(rate: Rate, who: str, cost: int = 1) -> int:
    """Take ``cost`` out of the bucket of ``who``; return 0, or the seconds to wait when it does not hold so much (then nothing
    is taken). Costing more than a whole bucket is costing a whole one.
    """
    if rate.most <= 0 or cost <= 0:
        return 0
    asked = values(rate, who, now(), cost)
    with connection.cursor() as cursor:
        cursor.execute(TAKE, asked)
        if cursor.fetchone() is not None:
            return 0
    return wait_of(asked)


def values(rate: Rate, who: str, moment: datetime, cost: int = 1) -> dict[str, str | int]:
    """Return the parameters of ``MOVE`` and ``TAKE``; times in milliseconds. A rate without a limit moves nothing on."""
    clock = _clock(moment)
    share = rate.seconds * 1000 * min(cost, rate.most) // rate.most if rate.most > 0 else 0
    return {"name": _name(rate, who), "clock": clock, "share": share, "latest": clock + rate.seconds * 1000 - share}


def wait_of(asked: dict[str, str | int]) -> int:
    """Return the seconds that whoever was refused has to wait, at least one."""
    ahead = Bucket.objects.filter(name=asked["name"]).values_list("ahead", flat=True).first() or 0
    return max(1, -(-(ahead - int(asked["latest"])) // 1000))


def require(rate: Rate, who: str, cost: int = 1) -> None:
    """Take, or raise ``Refused`` (too_fast, 429) that says how long to wait; ``retry_after`` in seconds."""
    if wait := take(rate, who, cost):
        words = _("That was very much in a short time. Please send it again %(when)s; what you typed is still here.")
        raise Refused(words % {"when": in_words(wait)}, code="too_fast", status=429, retry_after=wait)


def in_words(seconds: int) -> str:
    """Return "in 20 seconds" or "in 3 minutes"."""
    if seconds < 60:
        return ngettext("in %(count)d second", "in %(count)d seconds", seconds) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext("in %(count)d minute", "in %(count)d minutes", minutes) % {"count": minutes}


def forget_full() -> int:
    """Throw away the buckets that are full again; return how many."""
    return Bucket.objects.filter(ahead__lt=_clock(now())).delete()[0]


def _clock(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)


def _name(rate: Rate, who: str) -> str:
    words = f"bucket:{rate.name}:{who}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()
