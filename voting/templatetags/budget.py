"""Sums of money in pages, and the way to a participatory budget."""

from typing import Any

from django import template

from common.database import now
from common.money import euro as euro_words
from ideas.models import Campaign, Phase
from ideas.rules import counts_shown
from voting.basket_rules import rules_of
from voting.budget_words import Told
from voting.models import Project
from voting.queries.baskets import budget_phase, title_of

register = template.Library()
HIGH, LONGEST = 46, 46  # units of a bar with its words; letters that fit


@register.filter
def euro(cents: int) -> str:
    """Return cents as ``12.500 €``."""
    return euro_words(cents)


@register.filter
def project_title(project: Project) -> str:
    """Return the title of a project, where everybody may read its idea."""
    return title_of(project)


@register.filter
def bars(told: Told) -> dict[str, Any]:
    """Return the drawing of a result: a bar for each project, and a mark for each method; lengths are whole units."""
    found = [
        {
            "title": line.title if len(line.title) <= LONGEST else f"{line.title[: LONGEST - 1]}…",
            "text_y": place * HIGH + 16,
            "y": place * HIGH + 22,
            "number_y": place * HIGH + 34,
            "mark_y": place * HIGH + 29,
            "width": round(290 * line.votes / told.most) if told.most else 0,
            "number": line.votes,
            "greedy": line.greedy.is_in,
            "equal": line.equal.is_in,
        }
        for place, line in enumerate(told.lines)
    ]
    return {"bars": found, "height": len(found) * HIGH}


@register.inclusion_tag("voting/budget_call.html")
def budget_call(campaign: Campaign) -> dict[str, Any]:
    """Lead from a campaign to its participatory budget, if it has one: nothing is asked where it has none."""
    if not any(phase.method == Phase.Method.BUDGET for phase in campaign.phases.all()):
        return {}
    at = now()
    phase = budget_phase(campaign, at)
    if phase is None:
        return {}
    is_open = phase.opens_at <= at < phase.closes_at and phase.sealed_at is None
    has_result = phase.sealed_at is not None and counts_shown(campaign, at)
    return {
        "campaign": campaign,
        "phase": phase,
        "rules": rules_of(phase).sentences(),
        "is_open": is_open,
        "to_come": at < phase.opens_at,
        "has_result": has_result,
    }
