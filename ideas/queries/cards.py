"""Ideas as rows of a list."""

from datetime import datetime

from django.utils import timezone

from ideas.models import Idea
from ideas.models.idea import IdeaQuerySet
from ideas.queries.looks import status_chip
from ideas.rules import counts_shown

CARD_JOINS = ("campaign", "topic", "district", "picture", "status")


def for_cards(ideas: IdeaQuerySet) -> IdeaQuerySet:
    """Return the queryset with everything a card shows, in one statement."""
    return ideas.select_related(*CARD_JOINS)


def card(idea: Idea, at: datetime | None = None) -> dict[str, object]:
    """Return what ``theme/parts/card.html`` shows of an idea."""
    shown = counts_shown(idea.campaign, at or timezone.now())
    return {
        "id": idea.pk,
        "url": idea.get_absolute_url(),
        "title": idea.title,
        "teaser": idea.teaser,
        "topic": idea.topic.name if idea.topic else "",
        "district": idea.district.name if idea.district else "",
        "chip": status_chip(idea),
        "supports": idea.support_count if shown else None,
        "comments": idea.comment_count,
        "image": idea.picture.thumbnail if idea.picture else None,
        "idea": idea,
    }
