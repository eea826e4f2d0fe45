"""Keeping the tally of public ideas short and right. What is counted comes from the database's own triggers."""

from collections import Counter

from django.db import connection, transaction

from ideas.models import IdeaTally
from ideas.queries.tally import scattered_campaigns

AT_ONCE = 20_000
KIND = ("topic", "goal", "district", "progress", "status")
_MEND = """
    INSERT INTO ideas_ideatally (campaign_id, topic, goal, district, progress, status, number)
    SELECT campaign_id, topic, goal, district, progress, status, SUM(there) FROM (
        SELECT campaign_id, topic, goal, district, progress, status, -number AS there FROM ideas_ideatally
        UNION ALL
        SELECT campaign_id, COALESCE(topic_id, 0), COALESCE(goal_id, 0), COALESCE(district_id, 0), progress,
            COALESCE(status_id, 0), 1 FROM ideas_idea WHERE state = 'public'
    ) seen GROUP BY campaign_id, topic, goal, district, progress, status HAVING SUM(there) <> 0"""
_MEND_CAMPAIGNS = """
    UPDATE ideas_campaign SET idea_count =
        (SELECT COUNT(*) FROM ideas_idea i WHERE i.campaign_id = ideas_campaign.id AND i.state = 'public')
    WHERE idea_count <>
        (SELECT COUNT(*) FROM ideas_idea i WHERE i.campaign_id = ideas_campaign.id AND i.state = 'public')"""

_MEND_REPLIES = """
    UPDATE ideas_comment SET reply_count =
        (SELECT COUNT(*) FROM ideas_comment r WHERE r.parent_id = ideas_comment.id AND r.state = 'public')
    WHERE reply_count <>
        (SELECT COUNT(*) FROM ideas_comment r WHERE r.parent_id = ideas_comment.id AND r.state = 'public')"""


def gather_tally() -> None:
    """Add the rows of each kind of idea together, campaign by campaign, where there is something to add."""
    for campaign_id in scattered_campaigns():
        while _gather(campaign_id):
            pass


@transaction.atomic
def _gather(campaign_id: int) -> bool:
    """Put one row in the place of several, for as many as are read at once; tell whether there may be more to do.

    Only rows that are locked are replaced: what others add meanwhile stays, and readers see all of before or all of after.
    """
    rows = list(IdeaTally.objects.select_for_update().filter(campaign=campaign_id).order_by("pk")[:AT_ONCE])
    sums: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        sums[tuple(getattr(row, name) for name in KIND)] += row.number
    ready = [
        IdeaTally(campaign_id=campaign_id, number=number, **dict(zip(KIND, kind, strict=True)))
        for kind, number in sums.items()
        if number
    ]
    if len(ready) == len(rows):
        return False
    IdeaTally.objects.filter(campaign=campaign_id, pk__lte=rows[-1].pk, pk__in=[row.pk for row in rows]).delete()
    IdeaTally.objects.bulk_create(ready, batch_size=500)
    return len(rows) == AT_ONCE


@transaction.atomic
def mend_counts() -> None:
    """Let the tally and the campaigns' numbers say what the ideas say, and comments how many public replies they have."""
    with connection.cursor() as cursor:
        cursor.execute(_MEND)
        cursor.execute(_MEND_CAMPAIGNS)
        cursor.execute(_MEND_REPLIES)
