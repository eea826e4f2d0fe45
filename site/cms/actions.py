"""What can happen here: a campaign is shown or hidden with its page, and pages come and go by the clock."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import transaction

from cms.models import CampaignPage, open_to_all
from cms.moved_blocks import copied_body
from ideas.actions import set_campaign_published
from ideas.actions.copying import copy_campaign, shift_to
from ideas.models import Campaign

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def show_campaigns(ids: Iterable[int]) -> int:
    """Show those of the campaigns whose page is published and open, hide the others; return how many changed."""
    shown = set(open_to_all(CampaignPage.objects.filter(campaign__in=ids)).values_list("campaign_id", flat=True))
    changed = [one for one in Campaign.objects.filter(pk__in=ids) if one.is_published != (one.pk in shown)]
    for campaign in changed:
        set_campaign_published(campaign, campaign.pk in shown)
    return len(changed)


@transaction.atomic
def copy_with_page(*, campaign: Campaign, title: str, starts_on: date, by: "User") -> Campaign:
    """Copy a campaign together with its page, as a draft, if the person may add pages there."""
    days = shift_to(campaign, starts_on)
    made = copy_campaign(campaign=campaign, title=title, starts_on=starts_on)
    source = CampaignPage.objects.filter(campaign=campaign).select_related("picture").first()
    parent = source.get_parent() if source else None
    if source is None or parent is None or not parent.permissions_for_user(by).can_add_subpage():
        return made
    page = CampaignPage(
        title=title,
        campaign=made,
        lead=source.lead,
        stake=source.stake,
        picture=source.picture,
        body=copied_body(source, made, days),
        live=False,
        owner=by,
    )
    parent.add_child(instance=page)
    page.save_revision(user=by)
    return made


def publish_due_pages() -> None:
    """Publish what is scheduled and take down what has expired."""
    call_command("publish_scheduled")
