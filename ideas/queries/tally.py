"""How many public ideas there are of which kind, from the tally: quick, exact, and comparable with the ideas themselves."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from django.core.cache import caches
from django.db import connection
from django.db.models import Count, Max, Q, Sum
from django.utils.translation import gettext as _

from ideas.models import Campaign, IdeaTally

Cell = tuple[int, int, int, int, str, int, int]
"""Campaign, topic, goal, district, progress, status (0: none), and how many."""

KEPT_SECONDS = 600
_CELL = ("campaign_id", "topic", "goal", "district", "progress", "status")

# One statement, so that both sides are of the same moment.
_COMPARED = """
    SELECT campaign_id, SUM(kept), SUM(there) FROM (
        SELECT campaign_id, topic, goal, district, progress, status, SUM(kept) AS kept, SUM(there) AS there FROM (
            SELECT campaign_id, topic, goal, district, progress, status, number AS kept, 0 AS there FROM ideas_ideatally
            UNION ALL
            SELECT campaign_id, COALESCE(topic_id, 0), COALESCE(goal_id, 0), COALESCE(district_id, 0), progress,
                COALESCE(status_id, 0), 0, 1 FROM ideas_idea WHERE state = 'public'
        ) rows GROUP BY campaign_id, topic, goal, district, progress, status HAVING SUM(kept) <> SUM(there)
    ) wrong GROUP BY campaign_id ORDER BY campaign_id"""
_COUNTED = """
    SELECT c.id, c.idea_count, COUNT(i.id) FROM ideas_campaign c
    LEFT JOIN ideas_idea i ON i.campaign_id = c.id AND i.state = 'public'
    GROUP BY c.id, c.idea_count HAVING c.idea_count <> COUNT(i.id) ORDER BY c.id"""


def stamp(campaign: Campaign | None = None) -> int:
    """Return a number that grows whenever a public idea comes, goes or changes its kind."""
    rows = IdeaTally.objects.all() if campaign is None else IdeaTally.objects.filter(campaign=campaign)
    return rows.aggregate(last=Max("pk"))["last"] or 0


def cells(campaigns: Iterable[int], *, own_statuses: bool) -> list[Cell]:
    """Return the kinds of ideas there are in these campaigns, each with its number."""
    columns = _CELL if own_statuses else _CELL[:-1]
    rows = IdeaTally.objects.filter(campaign__in=list(campaigns)).order_by().values_list(*columns)
    counted = rows.annotate(sum=Sum("number")).exclude(sum=0)
    return list(counted) if own_statuses else [(*row[:-1], 0, row[-1]) for row in counted]


def remembered(key: Sequence[object]) -> tuple[str, object | None]:
    """Return the name under which something that follows from the tally is kept for a while, and what is kept."""
    name = f"ideas.tally.2:{hash_of(key)}"
    return name, caches["fast"].get(name)


def remember(name: str, value: object, seconds: int = KEPT_SECONDS) -> None:
    """Keep something that follows from the tally."""
    caches["fast"].set(name, value, seconds)


def hash_of(key: Sequence[object]) -> str:
    """Return a short word for a key of numbers and words."""
    return hashlib.sha256(repr(key).encode()).hexdigest()[:32]


def differences() -> Iterator[str]:
    """Yield a sentence for each campaign whose tally or number of ideas is not what the ideas say."""
    yield from tally_differences()
    names = dict(Campaign.objects.values_list("pk", "slug"))
    for pk, kept, there in _rows(_COUNTED):
        numbers = {"name": names[pk], "kept": kept, "there": there}
        yield _("%(name)s: the campaign says %(kept)s ideas, there are %(there)s") % numbers


def tally_differences() -> Iterator[str]:
    """Yield a sentence for each campaign whose tally is not what the ideas say."""
    names = dict(Campaign.objects.values_list("pk", "slug"))
    for pk, kept, there in _rows(_COMPARED):
        numbers = {"name": names.get(pk, pk), "kept": kept, "there": there}
        yield _("%(name)s: the tally says %(kept)s, there are %(there)s (of the kinds that differ)") % numbers


def scattered_campaigns() -> list[int]:
    """Return the campaigns of which the tally has several rows of one kind, or rows of none."""
    kinds = IdeaTally.objects.order_by().values_list(*_CELL).annotate(rows=Count("pk"), sum=Sum("number"))
    return sorted({row[0] for row in kinds.filter(Q(rows__gt=1) | Q(sum=0))})


def _rows(statement: str) -> list[tuple[int, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [(pk, int(kept), int(there)) for pk, kept, there in cursor.fetchall()]
