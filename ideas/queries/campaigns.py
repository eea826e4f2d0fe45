"""Campaigns, by what they take."""

from django.utils import timezone

from ideas.models import Campaign, Phase


def campaigns_taking_ideas() -> list[Campaign]:
    """Return the public campaigns that take ideas now, those that close first at the top."""
    now = timezone.now()
    open_now = Phase.objects.filter(campaign__is_public=True, allows_ideas=True, opens_at__lte=now, closes_at__gt=now)
    phases = open_now.select_related("campaign").order_by("closes_at", "pk")
    campaigns = {phase.campaign_id: phase for phase in reversed(phases)}
    for phase in campaigns.values():
        phase.campaign.open_until = phase.closes_at  # type: ignore[attr-defined]
    return [phase.campaign for phase in reversed(campaigns.values())]
