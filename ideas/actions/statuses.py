"""What a campaign's own statuses stand for is also said in the words that all campaigns share."""

from django.db import transaction

from ideas.models import Campaign, Idea
from ideas.queries.statuses import own_statuses
from search.actions import touch_many


@transaction.atomic
def follow_statuses(campaign: Campaign) -> int:
    """Let ideas come as far as their status stands for now, and give a status to those without; return how many came on."""
    changed: list[int] = []
    for status in own_statuses(campaign):
        ideas = Idea.objects.filter(status=status).exclude(progress=status.progress)
        if ids := list(ideas.values_list("pk", flat=True)):
            ideas.update(progress=status.progress)
            changed += ids
        # Of several that stand for the same, the first takes them all.
        Idea.objects.filter(campaign=campaign, status=None, progress=status.progress).update(status=status)
    if changed:
        touch_many("idea", changed)
    return len(changed)
