"""What can happen here: a campaign is shown or hidden with its page, and pages come and go by the clock."""

from collections.abc import Iterable

from django.core.management import call_command
from django.db import transaction

from cms.models import CampaignPage, open_to_all
from ideas.actions import set_campaign_published
from ideas.models import Campaign


@transaction.atomic
def show_campaigns(ids: Iterable[int]) -> int:
    """Show those of the campaigns whose page is published and open, hide the others; return how many changed."""
    shown = set(open_to_all(CampaignPage.objects.filter(campaign__in=ids)).values_list("campaign_id", flat=True))
    changed = [one for one in Campaign.objects.filter(pk__in=ids) if one.is_published != (one.pk in shown)]
    for campaign in changed:
        set_campaign_published(campaign, campaign.pk in shown)
    return len(changed)


def publish_due_pages() -> None:
    """Publish what is scheduled and take down what has expired."""
    call_command("publish_scheduled")
