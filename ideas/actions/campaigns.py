"""A campaign becomes public with its page, and vanishes with it."""

from django.db import transaction

from ideas.models import Campaign
from search.actions import touch_campaign


@transaction.atomic
def set_campaign_published(campaign: Campaign, is_published: bool) -> None:
    """Show or hide a campaign with all its ideas; called when its page is published or taken back.

    A closed campaign is shown to its members only, and never in the index.
    """
    was_public = campaign.is_public
    campaign.is_published = is_published
    campaign.save(update_fields=["is_published", "is_public"])
    if campaign.is_public != was_public:
        touch_campaign(campaign.slug, hide=not campaign.is_public)
