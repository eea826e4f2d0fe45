"""Who may support what, and when. Each refusal is a sentence for the person who asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import Refused
from ideas.models import Campaign, Idea, Merge, Phase
from ideas.rules import require_member, writes
from voting import statements
from voting.models import Vote

if TYPE_CHECKING:
    from accounts.models import User


def require_may_support(voter: "User", idea: Idea) -> None:
    """Refuse ideas that are no longer up for support, and one's own where the campaign says so."""
    require_member(voter, idea.campaign)
    if idea.state != Idea.State.PUBLIC:
        raise gone()
    if is_own(voter, idea):
        raise Refused(_("You cannot support your own idea in this campaign."), code="own", status=403)


def is_own(voter: "User", idea: Idea) -> bool:
    """Tell whether the idea is the voter's own and the campaign wants supports of others only."""
    return not idea.campaign.support_own and writes(voter, idea)


def require_open(campaign: Campaign, at: datetime) -> None:
    """Refuse when no phase of the campaign takes supports at this moment of the database's clock.

    Asks the database anew, whatever the campaign at hand remembers: it may have been read before a sealing.
    """
    if not campaign.is_published or not statements.is_open(campaign.pk, at):
        raise closed()


def require_open_for(idea: Idea, at: datetime) -> tuple[str, bool]:
    """Refuse when no phase takes supports; return the idea's state and whether it is part of a merge, as of now."""
    found = statements.open_idea(idea.campaign_id, at, idea.pk) if idea.campaign.is_published else None
    if found is None:
        raise closed()
    return found


def closed() -> Refused:
    """Return the refusal outside the phases that take supports."""
    return Refused(_("Ideas of this campaign cannot be supported at the moment."), code="closed")


def gone() -> Refused:
    """Return the refusal of an idea that nobody can support any more."""
    return Refused(_("This idea can no longer be supported."), code="closed")


def is_sealed(campaign_id: int) -> bool:
    """Tell whether a seal is the last word: of all votes, or of those on supports, which no other vote opens again."""
    phases = Phase.objects.filter(campaign=campaign_id, allows_support=True)
    return _is_last_word(phases) or _is_last_word(phases.filter(method=Phase.Method.SUPPORT))


def _is_last_word(phases: QuerySet[Phase]) -> bool:
    sealed = phases.exclude(sealed_at=None).aggregate(last=Max("closes_at"))["last"]
    return sealed is not None and not phases.filter(sealed_at=None, closes_at__gt=sealed).exists()


def used_up(limit: int) -> Refused:
    """Return the refusal of somebody who has given all supports away."""
    words = ngettext(
        "You have given your only support. Take it back to support another idea.",
        "You have given all your %(limit)d supports. Take one back to support another idea.",
        limit,
    )
    return Refused(words % {"limit": limit}, code="limit")


def require_not_apart(key: str, path: Sequence[Merge]) -> None:
    """Refuse to move a support along merges while two people look at it."""
    ideas = {pk for merge in path for pk in (merge.source_id, merge.target_id)}
    if Vote.objects.filter(idea__in=ideas, voter_key=key, quarantine__isnull=False).exists():
        words = _(
            "Your support is one of those that are being reviewed at the moment. You can choose when that is done."
        )
        raise Refused(words, code="apart")
