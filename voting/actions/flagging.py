"""The hourly report: what looks odd becomes a flag, once for an idea, a kind and an hour. No vote is touched."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from common.database import now
from ideas.models import Campaign
from voting.models import Flag
from voting.oddities import answers, hours_with_votes, read_hour

# The hour that runs and the two before it, so that a late job misses nothing.
LOOK_BACK = timedelta(hours=2)


def look_for_oddities() -> list[Flag]:
    """Ask about the last hours of all campaigns; return the flags that are new."""
    since = now().replace(minute=0, second=0, microsecond=0) - LOOK_BACK
    campaigns = Campaign.objects.in_bulk()
    made = []
    for campaign_id, at in hours_with_votes(since):
        campaign = campaigns[campaign_id]
        for idea_id, kind, facts in answers(read_hour(campaign, at)):
            flag, is_new = _write(campaign, idea_id, kind, at, facts)
            made += [flag] if is_new else []
    return made


@transaction.atomic
def _write(campaign: Campaign, idea_id: int, kind: str, at: Any, facts: dict[str, Any]) -> tuple[Flag, bool]:
    """Add the flag; one that nobody has touched yet gets the newer figures of its hour."""
    flag, is_new = Flag.objects.get_or_create(
        idea_id=idea_id, kind=kind, hour=at, defaults={"campaign": campaign, "facts": facts}
    )
    if not is_new and flag.facts != facts:
        untouched = Flag.objects.filter(pk=flag.pk, state=Flag.State.OPEN, quarantines=None)
        untouched.update(facts=facts)
    return flag, is_new
