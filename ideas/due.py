"""What ideas do by the clock."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

from common.events import due
from ideas.actions import forget_old_drafts, gather_tally
from ideas.actions.dealing import deal_places
from ideas.models import Campaign
from search.actions import touch_campaign


@due(every=timedelta(hours=6))
def forget_drafts() -> None:
    """Forget what people typed and never came back to."""
    forget_old_drafts()


@due(every=timedelta(minutes=1))
def add_up() -> None:
    """Add the rows of the tally together."""
    gather_tally()


@due(every=timedelta(minutes=10))
def deal_fair_places() -> None:
    """Deal the places of the fair order anew, in the night."""
    deal_places()


@due(every=timedelta(minutes=10))
def show_numbers() -> None:
    """Let the search learn the numbers of campaigns whose day has come; it was told none while they were hidden."""
    now, week = timezone.now(), timedelta(days=7)
    for campaign in Campaign.objects.filter(counts_hidden_until__gt=now - week, counts_hidden_until__lte=now):
        if cache.add(f"ideas:shown:{campaign.pk}:{campaign.counts_hidden_until:%Y%m%d%H%M%S}", 1, week.total_seconds()):
            touch_campaign(campaign.slug)
