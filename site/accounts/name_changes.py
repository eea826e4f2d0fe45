"""Names stand beside words that others have read: they change rarely, and moderators learn what they were before."""

from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused

# So often in that time; earlier names are forgotten after it, too.
MOST, WITHIN = 3, timedelta(days=30)

# Who looks at new names: called in the transaction of the change, returns whether the name has to wait.
Gate = Callable[[User, str], bool]
_gates: list[Gate] = []


def gates_names(gate: Gate) -> Gate:
    """Register who may let a new name wait (a room above: moderation)."""
    if gate not in _gates:
        _gates.append(gate)
    return gate


def has_to_wait(person: User, name: str) -> bool:
    """Tell whether a new name waits for somebody's decision."""
    return any(gate(person, name) for gate in _gates)


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


def forget_names(person_id: int) -> None:
    """Forget them at once: the person goes for good."""
    cache.delete(f"names:{person_id}")
