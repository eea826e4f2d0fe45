"""Campaigns, by what they take."""

from django.db.models import Q
from django.utils import timezone

from ideas.models import Campaign, Phase
from ideas.models.campaign import in_groups_of
from ideas.rules import Person


def campaigns_taking_ideas(user: Person) -> list[Campaign]:
    """Return the campaigns that take ideas now, public ones and those of the person's groups, the first to close first."""
    now = timezone.now()
    open_now = Phase.objects.filter(allows_ideas=True, opens_at__lte=now, closes_at__gt=now)
    shown = Q(campaign__is_public=True)
    if user.is_authenticated:
        shown |= in_groups_of(user)
    phases = open_now.filter(shown).select_related("campaign").order_by("closes_at", "pk")
    campaigns = {phase.campaign_id: phase for phase in reversed(phases)}
    for phase in campaigns.values():
        phase.campaign.open_until = phase.closes_at  # type: ignore[attr-defined]
    return [phase.campaign for phase in reversed(campaigns.values())]
