"""When one may vote in a campaign: what a card says that leads there."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from cms.models import CampaignPage
from cms.queries import results
from ideas.models import Phase
from ideas.queries import phases


@dataclass(frozen=True)
class VoteCard:
    """``state`` is ``before``, ``open`` or ``over``; ``url`` is where to go."""

    state: str
    url: str
    begins: str
    until: str
    has_result: bool


def vote_card(page: CampaignPage, at: dt.datetime | None = None) -> VoteCard | None:
    """Return the card for the vote that runs, comes next, or was last; nothing for a campaign without one."""
    at = at or timezone.now()
    votes = [phase for phase in page.campaign.phases.all() if phase.kind == Phase.Kind.VOTE]
    if not votes:
        return None
    chosen = next((phase for phase in votes if phase.closes_at > at), votes[-1])
    state = "over" if chosen.closes_at <= at else "open" if chosen.opens_at <= at else "before"
    has_result = state == "over" and results.is_open(page, at)
    url = reverse("cms:result", args=[page.campaign.slug]) if has_result else page.campaign.get_absolute_url()
    if state == "open" and chosen.method == Phase.Method.BUDGET:
        url = reverse("voting:basket", args=[page.campaign.slug])
    return VoteCard(state, url, phases.first_moment(chosen.opens_at), phases.until(chosen), has_result)
