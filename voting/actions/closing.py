"""Closing a phase of voting: from the moment of the seal on nothing changes, and what was counted stays on record."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import lock, now
from common.errors import Refused
from common.events import announce
from ideas.actions.phases import seal_phase
from ideas.models import Phase
from voting.actions.locks import lock_name
from voting.events import PHASE_SEALED
from voting.models import Ballot, Result
from voting.queries import counted
from voting.sealing import digest

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def close_phase(*, phase: Phase, by: "User | None" = None) -> Result:
    """Seal a phase, at its end or by hand before; return the result. Repeated, it returns the first one.

    Voters that hold the lock finish and are counted; whoever comes after it finds the phase closed.
    """
    lock(lock_name(phase.campaign_id))
    phase = Phase.objects.select_related("campaign").get(pk=phase.pk)
    if phase.sealed_at is not None:
        return Result.objects.filter(phase=phase).order_by("-pk")[0]
    moment = now()
    if moment < phase.opens_at or not phase.allows_support:
        raise Refused(_("Only a phase of voting that has begun can be closed."), code="not_open")
    snapshot = take_snapshot(phase) | {"sealed_at": moment.isoformat()}
    result = Result.objects.create(
        campaign=phase.campaign, phase=phase, snapshot=snapshot, sha256=digest(snapshot), sealed_by=by, sealed_at=moment
    )
    seal_phase(phase.pk, moment)
    announce(PHASE_SEALED, phase_id=phase.pk)
    return result


def seal_due_phases() -> list[Result]:
    """Seal every phase of voting whose time has passed."""
    phases = Phase.objects.filter(kind=Phase.Kind.VOTE, allows_support=True, sealed_at=None, closes_at__lte=now())
    return [close_phase(phase=phase) for phase in phases]


def take_snapshot(phase: Phase) -> dict[str, object]:
    """Count all rows of the campaign anew."""
    supports = counted(phase.campaign)
    people = Ballot.objects.filter(campaign=phase.campaign, used__gt=0).count()
    return {
        "campaign": phase.campaign.slug,
        "phase": phase.pk,
        "people": people,
        "total": sum(supports.values()),
        "supports": {str(idea): number for idea, number in supports.items()},
    }
