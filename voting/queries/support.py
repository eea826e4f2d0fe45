"""What can be asked about supports: one's own, those of an idea, the rows that are the truth."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from ideas.models import Campaign, Idea, Phase
from ideas.rules import counts_shown
from voting import voter_keys
from voting.models import Ballot, Vote

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class SupportState:
    """How a person stands to an idea. ``supports`` is None while numbers are hidden, ``left`` where there is no limit.

    ``supported`` is None when it cannot be told any more (the campaign's voting secret is gone).
    """

    supported: bool | None
    supports: int | None
    used: int
    limit: int | None

    @property
    def left(self) -> int | None:
        return None if self.limit is None else max(0, self.limit - self.used)

    @property
    def used_up(self) -> bool:
        return self.left == 0 and not self.supported


def shown_count(idea: Idea) -> int | None:
    """Return the number of supports as far as it may be shown."""
    return idea.support_count if counts_shown(idea.campaign) else None


def fresh_count(idea: Idea) -> int | None:
    """Return the number of supports as the database has it now, as far as it may be shown."""
    if not counts_shown(idea.campaign):
        return None
    return Idea.objects.values_list("support_count", flat=True).get(pk=idea.pk)


def support_state(user: "User | AnonymousUser", idea: Idea) -> SupportState:
    """Return how ``user`` stands to the idea."""
    campaign = idea.campaign
    used, supported = 0, False if not user.is_authenticated else _supported(user, idea)
    if user.is_authenticated and campaign.support_limit is not None and supported is not None:
        used = used_supports(user, campaign)
    return SupportState(supported, shown_count(idea), used, campaign.support_limit)


def _supported(user: "User", idea: Idea) -> bool | None:
    try:
        key = voter_keys.voter_key(idea.campaign_id, user)
    except voter_keys.KeyGone:
        # Before the first support of a campaign there is no secret yet.
        return None if Ballot.objects.filter(campaign_id=idea.campaign_id).exists() else False
    return Vote.objects.filter(idea=idea, voter_key=key).exists()


def used_supports(user: "User", campaign: Campaign) -> int:
    """Return how many supports ``user`` has given in a campaign."""
    if not voter_keys.has_secret(campaign.pk):
        return 0
    return used_by(voter_keys.voter_key(campaign.pk, user), campaign.pk)


def used_by(key: str, campaign_id: int) -> int:
    """Return how many supports a voter has given in a campaign."""
    ballots = Ballot.objects.filter(campaign=campaign_id, voter_key=key)
    return ballots.order_by().values_list("used", flat=True).first() or 0


def own_support_ids(user: "User | AnonymousUser", ideas: Iterable[Idea]) -> set[int]:
    """Return which of the ideas ``user`` supports: one statement for a whole page."""
    ids = {idea.pk: idea.campaign_id for idea in ideas}
    keys = own_keys(user, set(ids.values()))
    if not keys:
        return set()
    return set(Vote.objects.filter(idea__in=ids, voter_key__in=keys).values_list("idea_id", flat=True))


def own_keys(user: "User | AnonymousUser", campaign_ids: set[int]) -> list[str]:
    """Return the voter keys of ``user`` in those campaigns whose secret is there."""
    if not user.is_authenticated:
        return []
    return [voter_keys.voter_key(pk, user) for pk in campaign_ids if voter_keys.has_secret(pk)]


def supported_ideas(user: "User", limit: int = 100) -> list[Idea]:
    """Return the readable ideas that ``user`` supports, the latest support first."""
    keys = own_keys(user, set(Campaign.objects.values_list("pk", flat=True)))
    votes = Vote.objects.filter(voter_key__in=keys).order_by("-pk").values_list("idea_id", flat=True)
    order = {pk: place for place, pk in enumerate(votes[:limit])}
    ideas = (
        Idea.objects.visible_to(user)
        .filter(pk__in=order)
        .select_related("campaign")
        .prefetch_related("campaign__phases")
    )
    return sorted(ideas, key=lambda idea: order[idea.pk])


def takes_supports(phase: Phase) -> bool:
    """Tell whether people support ideas in this phase, and do not vote in another way."""
    return phase.allows_support and phase.method == Phase.Method.SUPPORT


def open_phase_of(campaign: Campaign) -> Phase | None:
    """Return the phase that takes supports at this moment, for display; what counts is asked under the lock."""
    now = timezone.now()
    open_now = (phase for phase in campaign.phases.all() if phase.opens_at <= now < phase.closes_at)
    found = [phase for phase in open_now if takes_supports(phase) and phase.sealed_at is None]
    return min(found, key=lambda phase: phase.closes_at) if found and campaign.is_published else None


def is_open(campaign: Campaign) -> bool:
    """Tell whether supports are taken at this moment, for display."""
    return open_phase_of(campaign) is not None


def counted(campaign: Campaign) -> dict[int, int]:
    """Count the rows themselves, idea by idea; those set apart for review do not count."""
    rows = Vote.objects.filter(campaign=campaign, quarantine=None).values_list("idea_id")
    return dict(rows.annotate(number=Count("pk")).order_by("idea_id"))
