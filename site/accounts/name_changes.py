"""Names stand beside words that others have read: they change rarely, and moderators learn what they were before."""

from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused

# So often in that time; earlier names are forgotten after it, too.
MOST, WITHIN = 3, timedelta(days=30)


def remember_name(person: User) -> None:
    """Keep the present name for a while; refuse when it was changed too often."""
    before = earlier_names(person.pk)
    if len(before) >= MOST:
        words = _("You have changed your public name %(count)d times within 30 days. Please keep it for a while.")
        raise Refused(words % {"count": MOST}, code="too_often", status=429, field="display_name")
    cache.set(f"names:{person.pk}", [*before, person.display_name], WITHIN.total_seconds())


def earlier_names(person_id: int) -> list[str]:
    """Return the names a person had within the last weeks, the oldest first."""
    found: list[str] = cache.get(f"names:{person_id}", [])
    return found
