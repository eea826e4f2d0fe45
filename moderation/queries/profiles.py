"""Where a person's public name stands."""

from django.db.models import Q

from moderation.models import ProfileName

PROFILE = "profile"
State = ProfileName.State


def name_in_use(person_id: int) -> ProfileName | None:
    """Return the name that stands, or would stand if it were not hidden; None while nothing was ever written down."""
    return ProfileName.objects.filter(person_id=person_id, state__in=(State.PUBLIC, State.HIDDEN)).first()


def waiting_name(person_id: int) -> ProfileName | None:
    """Return the name that waits for a decision."""
    return ProfileName.objects.filter(person_id=person_id, state=State.WAITING).first()


def shown_state(person_id: int) -> str:
    """Return ``hidden``, ``waiting`` or ``public``."""
    return states([person_id])[person_id]


def states(person_ids: list[int]) -> dict[int, str]:
    """Return where the names of many stand: ``hidden`` beats ``waiting`` beats ``public``."""
    found = dict.fromkeys(person_ids, str(State.PUBLIC))
    rows = ProfileName.objects.filter(Q(state=State.WAITING) | Q(state=State.HIDDEN), person_id__in=person_ids)
    for person_id, state in rows.values_list("person_id", "state"):
        if found[person_id] != State.HIDDEN:
            found[person_id] = state
    return found


def latest_number(person_id: int) -> int:
    """Return the number of the name to be decided on: the one that waits, else the one in use."""
    row = waiting_name(person_id) or name_in_use(person_id)
    return row.number if row else 1
