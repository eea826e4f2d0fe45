"""Members say themselves whether their name stands on the public page."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.models import Seat
from boards.rules import require_inside
from cms.queries.picture_use import forget_use
from common.database import now
from common.errors import Refused

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = dt.timedelta(days=3 * 366)


@transaction.atomic
def give_consent(*, person: "User", room_id: int, seat: Seat, until: dt.date) -> None:
    """Let the name be shown from today to that day. Raises ``Refused`` for a day that is over or years away."""
    require_inside(person, room_id)
    today = timezone.localdate()
    if not today <= until <= today + LONGEST:
        message = _("Please choose a day between today and three years from now.")
        raise Refused(message, code="day", status=422, field="until")
    _change(seat, person, consent_on=today, shown_until=until, withdrawn_at=None)


@transaction.atomic
def take_consent_back(*, person: "User", room_id: int, seat: Seat) -> None:
    """Take the name off the page; it is gone with the next look at it."""
    require_inside(person, room_id)
    _change(seat, person, withdrawn_at=now())


def _change(seat: Seat, person: "User", **fields: object) -> None:
    # The seat must still be the person's own, or nobody's: of two accounts the first one has it.
    rows = Seat.objects.filter(pk=seat.pk, person=seat.person_id)
    if not rows.update(person=person, **fields):
        raise Refused(_("This was changed in the meantime. Please look at it again."), code="changed", status=409)
    if (portrait := seat.portrait_id) is not None:
        transaction.on_commit(lambda: forget_use(portrait), robust=True)
