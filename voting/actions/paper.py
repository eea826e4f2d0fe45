"""Totals from paper: one person types them in, another one confirms or rejects them. They never mix with votes given here.

All of it happens under the campaign's shared lock: what is confirmed is in the result, or sealing came first.
"""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from common.database import share_lock
from common.errors import Refused
from ideas.models import Idea, Phase
from voting.actions.locks import lock_name
from voting.models import PaperCount, Project
from voting.paper import values_of

if TYPE_CHECKING:
    from datetime import datetime

    from accounts.models import User

MOST = 1_000_000


def enter_count(*, phase: Phase, idea: Idea, value: int, number: int, place: str, by: "User") -> PaperCount:
    """Write down a total; it counts once somebody else has confirmed it.

    Raises ``Refused``: not begun or sealed (409), there is such a total already (409), idea or value do not fit (422).
    """
    with transaction.atomic():
        phase, moment = _begun(phase)
        _require_fitting(phase, idea, value, number)
        try:
            with transaction.atomic():
                return PaperCount.objects.create(
                    phase=phase, idea=idea, value=value, number=number, place=place, entered_by=by, entered_at=moment
                )
        except IntegrityError:
            words = _("There is a total for this idea from this place already. Reject that one first to correct it.")
            raise Refused(words, code="double", field="place") from None


@transaction.atomic
def confirm_count(*, count: PaperCount, by: "User") -> PaperCount:
    """Confirm what somebody else has typed in. Raises ``Refused``: own (403), confirmed or rejected already, sealed."""
    _phase, moment = _begun(count.phase)
    if count.entered_by_id == by.pk:
        raise Refused(_("You typed this in yourself. Another person has to confirm it."), code="own", status=403)
    _settle(count, Q(confirmed_at=None), confirmed_by=by, confirmed_at=moment)
    return count


@transaction.atomic
def reject_count(*, count: PaperCount, by: "User") -> PaperCount:
    """Take a total out, confirmed or not; the row stays and says who did it. The right one can be typed in then."""
    _phase, moment = _begun(count.phase)
    _settle(count, Q(), rejected_by=by, rejected_at=moment)
    return count


def _settle(count: PaperCount, condition: Q, **fields: object) -> None:
    if not PaperCount.objects.filter(condition, pk=count.pk, rejected_at=None).update(**fields):
        raise Refused(_("Somebody else has decided on this total meanwhile."), code="decided")
    count.refresh_from_db()


def _begun(phase: Phase) -> "tuple[Phase, datetime]":
    """Return the phase as it is now and the moment; refuse one that has not begun or is sealed."""
    moment = share_lock(lock_name(phase.campaign_id))
    phase = Phase.objects.select_related("campaign").get(pk=phase.pk)
    if phase.sealed_at is not None:
        raise Refused(_("This vote is sealed. Nothing of it can be changed any more."), code="sealed")
    if not phase.allows_support or phase.opens_at > moment:
        raise Refused(_("This vote has not begun."), code="not_open")
    return phase, moment


def _require_fitting(phase: Phase, idea: Idea, value: int, number: int) -> None:
    is_project = phase.method != Phase.Method.BUDGET or Project.objects.filter(phase=phase, idea=idea).exists()
    if idea.campaign_id != phase.campaign_id or idea.state != Idea.State.PUBLIC or not is_project:
        raise Refused(_("This idea cannot be voted on in this phase."), code="idea", status=422, field="idea")
    if value not in values_of(phase):
        raise Refused(_("This cannot be voted in this phase."), code="value", status=422, field="value")
    if not 0 <= number <= MOST:
        words = _("Please type in a number from 0 to 1,000,000.")
        raise Refused(words, code="number", status=422, field="number")
