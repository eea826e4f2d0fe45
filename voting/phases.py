"""The phase that takes votes at a moment, and whether somebody may vote in it. Every way of voting asks here."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.rules import level_of
from common.errors import Refused
from ideas.models import Campaign, Phase
from ideas.rules import require_member

if TYPE_CHECKING:
    from accounts.models import User


def open_phase(campaign: Campaign, method: str, at: datetime) -> Phase | None:
    """Return the phase in which votes of this kind are taken at that moment: [opens, closes), not sealed."""
    if not campaign.is_published:
        return None
    phases = Phase.objects.filter(
        campaign=campaign, allows_support=True, method=method, sealed_at=None, opens_at__lte=at, closes_at__gt=at
    )
    return phases.order_by("closes_at").first()


def require_open_phase(campaign: Campaign, method: str, at: datetime) -> Phase:
    """Return the phase in which votes of this kind are taken. Raises ``Refused`` (closed)."""
    phase = open_phase(campaign, method, at)
    if phase is None:
        raise Refused(_("There is no voting in this campaign at the moment."), code="closed")
    return phase


def require_voter(voter: "User", phase: Phase) -> None:
    """Refuse people whom the phase does not take: not of the group, not known well enough, account too new (403)."""
    require_member(voter, phase.campaign)
    if level_of(voter) < phase.level:
        raise not_known_enough(phase.level)
    if phase.needs_old_account and voter.date_joined >= phase.opens_at:
        raise account_too_new()


def not_known_enough(level: int) -> Refused:
    """Return the refusal of somebody whom the town does not know as well as the phase asks for."""
    words = _("To vote here the town has to know you: %(level)s.") % {"level": Phase.Level(level).label}
    return Refused(words, code="level", status=403)


def account_too_new() -> Refused:
    """Return the refusal of an account that was made after the phase had begun."""
    words = _("In this vote only accounts count that existed when it began.")
    return Refused(words, code="new_account", status=403)
