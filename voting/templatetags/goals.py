"""Reached numbers and reviewed votes on public pages."""

from typing import Any

from django import template

from ideas.models import Idea
from ideas.rules import counts_shown
from voting.queries.clocks import Clock, clock, clocks
from voting.queries.reviewing import review_of
from voting.wording import chip, promised

register = template.Library()


@register.inclusion_tag("voting/reviewed.html")
def votes_under_review(idea: Idea) -> dict[str, Any]:
    """Render how many supports of an idea are set apart while two people look at them; nothing where there are none."""
    return {"held": review_of(idea).held, "hidden": not counts_shown(idea.campaign)}


def clock_for_box(idea: Idea) -> dict[str, Any] | None:
    """Return what the support box says of a reached number; asks only where the campaign has such a number."""
    found = clock(idea) if idea.campaign.support_goal else None
    return told(found) if found else None


def told(found: Clock) -> dict[str, Any]:
    """Return the words and the look of a clock."""
    is_late = found.name in ("overdue", "late")
    return {"number": found.number, "words": promised(found), "is_late": is_late}


def chips_on_cards(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cards with a chip for those whose answer is due; one statement, and none without such campaigns."""
    ideas = [card["idea"] for card in cards if card["idea"].campaign.support_goal]
    found = {pk: chip(one) for pk, one in clocks(ideas).items()}
    return [{**card, "due_chip": found[card["id"]]} if found.get(card["id"]) else card for card in cards]
