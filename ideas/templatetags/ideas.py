"""Ideas on other rooms' pages: a campaign's list, a few cards, a campaign's phases."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils import timezone

from ideas.actions.seeing import note_list
from ideas.models import Campaign, Idea
from ideas.queries.cards import card, for_cards
from ideas.queries.listing import listing
from ideas.queries.map import read_view
from ideas.queries.orders import ORDERS
from ideas.queries.visit import visit_of
from ideas.rules import allowed_now

register = template.Library()


@register.inclusion_tag("ideas/parts/campaign_ideas.html", takes_context=True)
def campaign_ideas(context: template.Context, campaign: Campaign) -> dict[str, Any]:
    """Render the ideas of a campaign with filters, order and paging from the address; 400 for unknown values."""
    request = context["request"]
    wish, view = read_view(dict(request.GET.lists()))
    visit = visit_of(request)
    if campaign.is_closed and not Campaign.objects.visible_to(request.user).filter(pk=campaign.pk).exists():
        campaign.is_published = False  # an editor looks at the page of a group before it is saved: without its ideas
    found = listing(wish, request.path, campaign, start=visit.start)
    note_list([int(str(card["id"])) for card in found.cards], visit.agent)
    return {
        "listing": found,
        "wish": wish,
        "view": view,
        "campaign": campaign,
        "submit_url": campaign.submit_url,
        "request": request,
    }


@register.inclusion_tag("ideas/parts/cards.html")
def idea_cards(
    limit: int = 3, campaign: Campaign | None = None, tall: bool = True, request: HttpRequest | None = None
) -> dict[str, Any]:
    """Render a few public ideas in the fair order: that of the visitor, or without a request that of the day."""
    ideas = Idea.objects.listed() if campaign is None else Idea.objects.listed().filter(campaign=campaign)
    now, visit = timezone.now(), visit_of(request) if request else None
    found = ORDERS["fair"].page(for_cards(ideas), None, limit, start=visit.start if visit else None)
    if visit:
        note_list([idea.pk for idea in found], visit.agent)
    return {"cards": [card(idea, now) for idea in found], "tall": tall}


@register.filter
def takes(campaign: Campaign, what: str) -> bool:
    """Tell whether the campaign takes ``ideas``, ``comments`` or ``support`` now."""
    return allowed_now(campaign, what, timezone.now()) if what in ("ideas", "comments", "support") else False  # type: ignore[arg-type]
