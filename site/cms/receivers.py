"""What follows when editors change pages and settings (see ``cms.tree`` for why these are signals)."""

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from cms import actions, frame, tree
from cms.models import CampaignPage, PlainPage, TownSettings
from ideas.models import Campaign
from search.actions import touch


@receiver(pre_save, sender=CampaignPage)
@receiver(pre_delete, sender=CampaignPage)
def campaign_page_changes(instance: CampaignPage, **_kwargs: object) -> None:
    """Remember the campaign that the page belonged to so far."""
    instance.former = list(CampaignPage.objects.filter(pk=instance.pk).values_list("campaign_id", flat=True))


@receiver([post_save, post_delete], sender=CampaignPage)
def former_campaign(instance: CampaignPage, **_kwargs: object) -> None:
    """A campaign whose page was deleted, or given to another one, is not public any more."""
    actions.show_campaigns(instance.former)


@tree.page_changed(CampaignPage)
def campaign_page_changed(page_id: int) -> None:
    """A campaign is public as long as everybody can open its page."""
    actions.show_campaigns(list(CampaignPage.objects.filter(pk=page_id).values_list("campaign_id", flat=True)))


@tree.page_changed(PlainPage)
def plain_page_changed(page_id: int) -> None:
    """Index the page anew, or forget it."""
    touch("page", page_id)


@tree.branch_changed
def branch_changed(path: str) -> None:
    """Campaigns and search follow the branch."""
    actions.show_campaigns(
        list(CampaignPage.objects.filter(path__startswith=path).values_list("campaign_id", flat=True))
    )
    ids = list(PlainPage.objects.filter(path__startswith=path).values_list("pk", flat=True))
    if ids:
        touch("page", *ids)


@receiver(post_save, sender=Campaign)
def campaign_address_changed(instance: Campaign, **_kwargs: object) -> None:
    """The address of a campaign's page is the campaign's."""
    for page in CampaignPage.objects.filter(campaign=instance).exclude(slug=instance.slug):
        page.save()


@receiver([post_save, post_delete], sender=TownSettings)
def settings_changed(**_kwargs: object) -> None:
    """The frame is read again when its settings have changed."""
    frame.forget()
