"""Ideas that are perhaps the same as the one being written: few, and really alike."""

from typing import TYPE_CHECKING

from ideas.models import Campaign, Idea
from search.queries import similar
from search.types import VERY_SIMILAR

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST, CANDIDATES = 3, 8
SHORTEST_TITLE = 8
# How much of the draft's telling words an idea must share. Measured with tests/benchmarks/hints.py; a title alone
# says little, so it must be met more closely than a title with a text.
BY_TITLE, BY_TEXT = VERY_SIMILAR, 0.5


def alike(user: "User | AnonymousUser", campaign: Campaign, title: str, text: str = "") -> list[Idea]:
    """Return up to three public ideas of the campaign that are much like the draft, the most similar first.

    Only what the person may see, never their own, and only what can still be supported.
    """
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    least = BY_TEXT if len(text.split()) >= 12 else BY_TITLE
    found = similar(user, campaign.slug, title, text, limit=CANDIDATES)
    ideas = [one.hit.object for one in found if one.likeness >= least]
    return [idea for idea in ideas if isinstance(idea, Idea) and is_for(user, idea, campaign)][:MOST]


def is_for(user: "User | AnonymousUser", idea: Idea, campaign: Campaign) -> bool:
    """Tell whether the idea can be offered to somebody who writes for that campaign."""
    own = user.is_authenticated and idea.author_id == user.pk
    return idea.state == Idea.State.PUBLIC and idea.campaign_id == campaign.pk and not own
