"""What somebody was told as a supporter: found under the own keys when it is read, and at no other time."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from ideas.models import Idea
from voting import voter_keys
from voting.models import SupporterNotice

if TYPE_CHECKING:
    from accounts.models import User

MOST = 20


def own_notices(user: "User") -> QuerySet[SupporterNotice]:
    """Return what ``user`` was told as a supporter, the newest first."""
    keys = voter_keys.all_keys(user)
    return SupporterNotice.objects.filter(voter_key__in=keys).order_by("-told_on", "pk")


def readable_notices(user: "User") -> list[SupporterNotice]:
    """Return the newest of them whose ideas ``user`` may read now."""
    rows = own_notices(user).filter(idea__in=Idea.objects.visible_to(user))
    return list(rows.select_related("idea")[:MOST])


def unread_notices(user: "User") -> QuerySet[SupporterNotice]:
    """Return the new ones among them, to be counted together with other news."""
    return own_notices(user).filter(is_read=False).order_by()
