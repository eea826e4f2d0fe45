"""Dealing the places of the fair order anew each night, so that no list changes while people page through it by day."""

import random
from collections.abc import Iterator
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from ideas.models import Campaign, Idea
from ideas.queries.ring import RING, deal

# A part of a campaign's circle holds about so many ideas; a run deals so many parts.
PART, PARTS_A_RUN = 1000, 2
# So many parts a run looks at to find those that were not dealt in this night.
LOOKS = 40
NIGHT = range(2, 5)
AT_ONCE = 200
Part = tuple[int, int, int]
"""Campaign, number of the part, number of parts."""


def deal_places(at: datetime | None = None) -> int:
    """Deal the next parts of the night; return how many ideas have new places. By day nothing happens."""
    moment = timezone.localtime(at)
    if moment.hour not in NIGHT:
        return 0
    done = 0
    for _number, part in zip(range(PARTS_A_RUN), parts_left(moment), strict=False):
        done += deal_part(*part)
    return done


def parts_left(moment: datetime) -> Iterator[Part]:
    """Yield parts that were not dealt this night, claiming each; with many of them every night begins elsewhere."""
    every = list(parts())
    first = moment.toordinal() * LOOKS % len(every) if every else 0
    for part in [*every[first:], *every[:first]][:LOOKS]:
        if cache.add(f"ideas.dealt:{part[0]}:{part[1]}:{moment.date()}", 1, 20 * 3600):
            yield part


def parts() -> Iterator[Part]:
    """Yield all parts of all circles."""
    for pk, number in Campaign.objects.filter(idea_count__gt=1).order_by("pk").values_list("pk", "idea_count"):
        count = max(1, round(number / PART))
        yield from ((pk, place, count) for place in range(count))


def deal_part(campaign_id: int, place: int, count: int, chance: random.Random | None = None) -> int:
    """Deal the ideas on one part of a campaign's circle among the places of that part; return how many they are."""
    first, end = (RING + 1) * place // count, (RING + 1) * (place + 1) // count
    ideas = Idea.objects.filter(state="public", campaign=campaign_id, fair_rank__gte=first, fair_rank__lt=end)
    rows = ideas.order_by().values_list("pk", "views__shown", "views__opened")
    seen = {pk: (shown or 0) + (opened or 0) for pk, shown, opened in rows}
    ranks = deal(seen, chance or random.SystemRandom(), first, end - first)
    keys = sorted(ranks)
    for begin in range(0, len(keys), AT_ONCE):
        _move({pk: ranks[pk] for pk in keys[begin : begin + AT_ONCE]})
    return len(ranks)


@transaction.atomic
def _move(ranks: dict[int, int]) -> None:
    """Write new places; rows are locked in the order of their keys, for a moment."""
    ideas = list(Idea.objects.select_for_update().filter(pk__in=ranks).order_by("pk").only("pk", "fair_rank"))
    for idea in ideas:
        idea.fair_rank = ranks[idea.pk]
    Idea.objects.bulk_update(ideas, ["fair_rank"])
