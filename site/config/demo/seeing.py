"""Looks at the ideas of the demo town: as many visits as two months bring, in the fair order and by other ways."""

import random

from ideas.actions.dealing import deal_part
from ideas.actions.seeing import looks, write_looks
from ideas.models import Campaign, Idea, IdeaViews
from ideas.queries.ring import RING, looked_at, onwards

PAGE, SAMPLE = 20, 4
VISITS_PER_IDEA = 25
NIGHTS = 4


def make_looks() -> None:
    """Let people look around in every campaign, once; what they see less comes first more often afterwards."""
    if IdeaViews.objects.exists():
        return
    chance = random.Random("looks")  # noqa: S311 - invented visits, not a secret
    for campaign in Campaign.objects.filter(idea_count__gt=1, is_public=True):
        for _night in range(NIGHTS):
            visit(campaign, chance)
            deal_part(campaign.pk, 0, 1, chance)


def visit(campaign: Campaign, chance: random.Random) -> None:
    """Note the looks of some weeks."""
    ideas = Idea.objects.listed(campaign)
    places = sorted(ideas.values_list("fair_rank", "pk"))
    newest = list(ideas.order_by("-published_at").values_list("pk", flat=True)[:PAGE])
    for _visit in range(VISITS_PER_IDEA * len(places) // NIGHTS):
        start = chance.randrange(RING)
        page = newest if chance.random() < 0.2 else [key for _rank, key in onwards(places, start)[:PAGE]]
        seen = looked_at(page, chance, SAMPLE)
        looks.add(shown=seen, opened=seen[:1] if chance.random() < 0.4 else [])
    write_looks()
