"""What a core process shows by itself: its ideas."""

from typing import TYPE_CHECKING

from cms.models import ProcessPage
from ideas.linkable import Person, Target
from ideas.models import Idea, IdeaLink
from ideas.queries.cards import card, for_cards
from ideas.queries.linked import ideas_linked_with

if TYPE_CHECKING:
    from django.db.models import QuerySet

SHOWN = 3


def linked_ideas(page: ProcessPage, user: Person) -> list[Target]:
    """Return the ideas that staff linked with the process, as far as ``user`` may see them."""
    return ideas_linked_with(IdeaLink.Kind.PROCESS.value, page.pk, user)


def topic_ideas(page: ProcessPage) -> list[dict[str, object]]:
    """Return the cards of the newest public ideas with the topic of the process."""
    if page.topic_id is None:
        return []
    found: QuerySet[Idea] = for_cards(Idea.objects.listed().filter(topic=page.topic_id))
    return [card(idea) for idea in found.order_by("-published_at", "-pk")[:SHOWN]]
