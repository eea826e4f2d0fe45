"""A campaign becomes public with its page, and vanishes with it."""

from django.db import transaction

from ideas.models import Campaign
from search.actions import touch_campaign


@transaction.atomic
def set_campaign_public(campaign: Campaign, is_public: bool) -> None:
    """Show or hide a campaign with all its ideas; called when its page is published or taken back."""
    if Campaign.objects.filter(pk=campaign.pk).exclude(is_public=is_public).update(is_public=is_public):
        touch_campaign(campaign.slug, hide=not is_public)
    campaign.is_public = is_public
