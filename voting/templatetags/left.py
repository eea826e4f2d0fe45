"""How many supports somebody has left, in words before the vote; and one's own supports of a page, by one statement."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import template
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone

from ideas.models import Campaign, Idea
from ideas.rules import allowed_now
from voting.models import Vote
from voting.queries import SupportState, is_open, used_supports
from voting.queries.support import own_keys

register = template.Library()
# How many of a person's supports of one campaign are read along to know how many are left.
MOST_READ = 50


@dataclass(frozen=True)
class Left:
    """What somebody may still give away; ``limit`` None is any number, ``used`` None is not known without signing in."""

    limit: int | None
    used: int | None

    @property
    def number(self) -> int:
        return max(0, (self.limit or 0) - (self.used or 0))


@register.inclusion_tag("voting/left.html", takes_context=True)
def supports_left(context: template.Context, campaign: Campaign) -> dict[str, Any]:
    """Render what a person can still support in a campaign; nothing while it takes no supports."""
    request = context.get("request")
    prefetch_related_objects([campaign], "phases")
    if request is None or not is_open(campaign):
        return {"left": None}
    return {"left": left_of(request, campaign), "campaign": campaign}


def left_of(request: HttpRequest, campaign: Campaign) -> Left:
    """Return it; costs no statement where the list before it has asked already."""
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    if user is None or not is_known or not campaign.support_limit:
        return Left(campaign.support_limit, 0 if is_known else None)
    known = _known(request)
    if campaign.pk not in known:
        known[campaign.pk] = used_supports(user, campaign)
    return Left(campaign.support_limit, known[campaign.pk])


def own_of_page(request: HttpRequest | None, ideas: list[Idea]) -> set[int]:
    """Return which of the ideas the person supports, and remember how much is given away: one statement for a page."""
    if request is None or not hasattr(request, "user") or not ideas:
        return set()
    campaigns = {idea.campaign_id: idea.campaign for idea in ideas}
    keys = own_keys(request.user, set(campaigns))
    if not keys:
        return set()
    limited = [pk for pk, one in campaigns.items() if one.support_limit and one.support_limit <= MOST_READ]
    wanted = Q(idea__in=[idea.pk for idea in ideas]) | Q(campaign__in=limited)
    rows = list(Vote.objects.filter(wanted, voter_key__in=keys).values_list("idea_id", "campaign_id"))
    for pk in limited:
        _known(request)[pk] = sum(campaign == pk for _idea, campaign in rows)
    return {idea for idea, _campaign in rows}


def asks_why(idea: Idea, state: SupportState) -> str:
    """Return a fresh key for the comment that says why, or nothing where supporters are not asked or cannot answer.

    What somebody says is a comment like any other: no row knows that it followed a support.
    """
    if not state.supported or not idea.campaign.asks_why:
        return ""
    return uuid.uuid4().hex if allowed_now(idea.campaign, "comments", timezone.now()) else ""


def _known(request: HttpRequest) -> dict[int, int]:
    known: dict[int, int] = request.__dict__.setdefault("_supports_used", {})
    return known
