"""What follows when editors change pages and settings.

Wagtail saves pages in many ways (publish, unpublish, expire, move, delete). The signals of Django's models are the one point
that all of them pass inside their transaction, which is why this room uses them.
"""

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from cms import actions, frame, tree
from cms.models import CampaignPage, PlainPage, TownSettings
from ideas.models import Campaign
from search.actions import touch


@receiver([post_save, post_delete], sender=CampaignPage)
def campaign_page_changed(**_kwargs: object) -> None:
    """A campaign is public as long as everybody can open its page."""
    actions.show_campaigns()


@receiver([post_save, post_delete], sender=PlainPage)
def plain_page_changed(instance: PlainPage, **_kwargs: object) -> None:
    """Index the page anew, or forget it."""
    touch("page", instance.pk)


@receiver(post_page_move)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def branch_changed(instance: Page | PageViewRestriction, **_kwargs: object) -> None:
    """A branch of the tree was moved, closed or opened."""
    page = instance.page if isinstance(instance, PageViewRestriction) else instance
    with transaction.atomic():
        tree.tell(page.path)


@tree.tree_changed
def show_branch(path: str) -> None:
    """Campaigns and search follow the branch."""
    actions.show_campaigns()
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
