"""How fast somebody may vote: a minute's worth at once, then one every few seconds. Counted are changes, not clicks.

They are token buckets as everywhere (``common.buckets``); what is special here is only that taking can be part of the one
statement that votes. The name an account has there is made with another key than those in the votes, the row is thrown away
minutes later, and accounts of one person have one.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils.translation import ngettext

from common import buckets
from common.buckets import Rate
from common.errors import Refused

if TYPE_CHECKING:
    from accounts.models import User

MOVE, ALONE = buckets.MOVE, buckets.TAKE


def account_of(user: "User") -> str:
    """Return as whom an account is counted; only a keyed hash of it is ever written down."""
    return f"voter:{user.voter_id.hex}"


def values(account: str, moment: datetime) -> dict[str, str | int]:
    """Return the parameters of ``MOVE`` and ``ALONE``."""
    return buckets.values(Rate("votes", settings.VOTES_PER_MINUTE, seconds=60), account, moment)


def keep(account: str, moment: datetime) -> None:
    """Count one change of a vote. Raises ``Refused`` (too_fast, 429) with the seconds to wait; call it before the rows."""
    if not is_kept(account, moment):
        raise too_fast(account, moment)


def is_kept(account: str, moment: datetime) -> bool:
    """Count one change of a vote if there is room for it; return whether there was."""
    with connection.cursor() as cursor:
        cursor.execute(ALONE, values(account, moment))
        return cursor.fetchone() is not None


def too_fast(account: str, moment: datetime) -> Refused:
    """Return the refusal of somebody who is a minute ahead."""
    seconds = buckets.wait_of(values(account, moment))
    words = ngettext(
        "That was very fast: more than %(most)d votes in a minute. Nothing was changed; please try again in a second.",
        "That was very fast: more than %(most)d votes in a minute. Nothing was changed; please try again in %(seconds)d seconds.",
        seconds,
    )
    said = words % {"most": settings.VOTES_PER_MINUTE, "seconds": seconds}
    return Refused(said, code="too_fast", status=429, retry_after=seconds)
