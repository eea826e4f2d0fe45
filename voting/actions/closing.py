"""Closing a phase of voting: from the moment of the seal on nothing changes, and what was counted stays on record."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from common.database import lock, now
from common.errors import Refused
from common.events import announce
from ideas.actions.phases import seal_phase
from ideas.models import Phase
from voting.actions.locks import lock_name
from voting.events import PHASE_SEALED
from voting.models import MerkleRoot, Result
from voting.sealing import CLOCK, HAND, digest
from voting.snapshots import take_snapshot

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def close_phase(*, phase: Phase, by: "User | None" = None) -> Result:
    """Seal a phase, at its end or by hand before; return the result. Repeated, it returns the latest one.

    Voters that hold the lock finish and are counted; whoever comes after it finds the phase closed. Raises ``Refused``
    (not_open) for a phase that has not begun or takes no votes.
    """
    lock(lock_name(phase.campaign_id))
    phase = Phase.objects.select_related("campaign").get(pk=phase.pk)
    if phase.sealed_at is not None:
        return Result.objects.filter(phase=phase).order_by("-pk")[0]
    moment = now()
    if moment < phase.opens_at or not phase.allows_support:
        raise Refused(_("Only a phase of voting that has begun can be closed."), code="not_open")
    closed = HAND if by is not None and moment < phase.closes_at else CLOCK
    snapshot = take_snapshot(phase) | {"closed": closed, "sealed_at": moment.isoformat()} | latest_root()
    result = Result.objects.create(
        campaign=phase.campaign, phase=phase, snapshot=snapshot, sha256=digest(snapshot), sealed_by=by, sealed_at=moment
    )
    seal_phase(phase.pk, moment)
    announce(PHASE_SEALED, phase_id=phase.pk)
    return result


def latest_root() -> dict[str, object]:
    """Return the last root of the public list: who changes the list before it later contradicts this result too."""
    root = MerkleRoot.objects.order_by("-number").values("number", "root").first()
    return {"root": root} if root else {}


def seal_due_phases() -> list[Result]:
    """Seal every phase of voting whose time has passed, however people vote in it.

    Supports that are taken while ideas are collected are sealed with the phase that is called the vote.
    """
    votes = Q(kind=Phase.Kind.VOTE) | ~Q(method=Phase.Method.SUPPORT)
    phases = Phase.objects.filter(votes, allows_support=True, sealed_at=None, closes_at__lte=now())
    return [close_phase(phase=phase) for phase in phases]
