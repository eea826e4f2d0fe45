"""What somebody has written."""

from typing import TYPE_CHECKING

from ideas.models import Draft, Idea
from ideas.queries.coauthors import my_shared_ideas
from ideas.queries.looks import state_chip
from ideas.queries.trail import next_step
from ideas.registry import told_steps
from ideas.rules import CHANGEABLE, counts_shown, may_change, may_withdraw

if TYPE_CHECKING:
    from accounts.models import User

MOST = 50


def my_ideas(user: "User", most: int = MOST) -> list[dict[str, object]]:
    """Return the person's ideas, newest first, each with its state and what happens next."""
    rows = (
        Idea.objects.filter(author=user)
        .select_related("campaign", "district", "status")
        .prefetch_related("campaign__phases")
    )
    ideas = list(rows.order_by("-pk")[:most])
    promised = told_steps(ideas)
    return [
        {
            "idea": idea,
            "chip": state_chip(idea),
            "next_step": promised.get(idea.pk) or next_step(idea),
            "supports": idea.support_count if counts_shown(idea.campaign) and idea.published_at else None,
            "may_change": may_change(user, idea),
            "may_withdraw": may_withdraw(user, idea),
            "pending": change_waits(idea),
        }
        for idea in ideas
    ]


def change_waits(idea: Idea) -> bool:
    """Tell whether a change waits to be read; of an idea that is gone nothing waits any more."""
    return idea.state == Idea.State.PUBLIC and idea.has_pending_change


def ideas_written_along(user: "User") -> list[dict[str, object]]:
    """Return the ideas the person writes along with, each with its state and what happens next."""
    ideas = my_shared_ideas(user)
    promised = told_steps(ideas)
    return [
        {
            "idea": idea,
            "chip": state_chip(idea),
            "next_step": promised.get(idea.pk) or next_step(idea),
            "may_change": idea.state in CHANGEABLE,
            "pending": change_waits(idea),
        }
        for idea in ideas
    ]


def my_drafts(user: "User") -> list[Draft]:
    """Return the person's drafts, the latest first."""
    return list(Draft.objects.filter(owner=user).select_related("campaign").order_by("-updated_at")[:MOST])
