"""What follows when editors change pages and settings (see ``cms.tree`` for why these are signals)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import CollectionViewRestriction, Page

from cms import actions, frame, letters, papers, reminders, tree, upkeep
from cms.models import (
    AccessibilityPage,
    CampaignPage,
    ChapterIndicator,
    ChapterPage,
    GoalPage,
    ImprintPage,
    Indicator,
    PlainPage,
    ProcessPage,
    ReportPage,
    TownSettings,
)
from cms.queries.goals import forget_paths
from common.events import receives
from ideas.models import Campaign, Goal
from search.actions import touch

TEXT_PAGES: tuple[tuple[str, type[Page]], ...] = (
    ("page", PlainPage),
    ("goal", GoalPage),
    ("process", ProcessPage),
    ("report", ReportPage),
    ("chapter", ChapterPage),
    ("about", ImprintPage),
    ("about", AccessibilityPage),
)


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


@tree.page_changed(GoalPage)
def goal_page_changed(page_id: int) -> None:
    """Index the page anew, and lead to it from ideas as soon as it can be opened."""
    touch("goal", page_id)
    transaction.on_commit(forget_paths, robust=True)


@tree.page_changed(ProcessPage)
def process_page_changed(page_id: int) -> None:
    """Index the page anew, or forget it."""
    touch("process", page_id)


@tree.page_changed(ReportPage)
def report_page_changed(page_id: int) -> None:
    """Index the report and its chapters anew: they come and go with it."""
    touch("report", page_id)
    for path in ReportPage.objects.filter(pk=page_id).values_list("path", flat=True):
        if ids := list(ChapterPage.objects.filter(path__startswith=path).values_list("pk", flat=True)):
            touch("chapter", *ids)


@tree.page_changed(ChapterPage)
def chapter_page_changed(page_id: int) -> None:
    """Index the page anew, or forget it."""
    touch("chapter", page_id)


@receives("statement_due", tells=True)
def mail_of_statement(mail_id: int) -> None:
    """Remind an editor of the statement on accessibility."""
    reminders.send_statement_mail(mail_id)


@receiver([post_save, post_delete], sender=ChapterIndicator)
def series_of_chapter_changed(instance: ChapterIndicator, **_kwargs: object) -> None:
    """Index the chapter anew: its series are saved after the page itself."""
    with transaction.atomic():
        touch("chapter", instance.chapter_id)


@receiver(post_save, sender=Indicator)
def indicator_renamed(instance: Indicator, **_kwargs: object) -> None:
    """Index the chapters that show the series."""
    with transaction.atomic():
        if ids := list(instance.chapters.values_list("chapter", flat=True)):
            touch("chapter", *ids)


@receives("upkeep_mail_written", tells=True)
def mail_editor(mail_id: int) -> None:
    """Send an editor a reminder."""
    upkeep.send(mail_id)


@receives("letter_mail_written", tries=80)
def mail_contact(mail_id: int) -> None:
    """Send a message to a contact, or its copy; when the mail server is down, for about three days again and again."""
    letters.send(mail_id)


@tree.branch_changed
def branch_changed(path: str) -> None:
    """Campaigns and search follow the branch."""
    actions.show_campaigns(
        list(CampaignPage.objects.filter(path__startswith=path).values_list("campaign_id", flat=True))
    )
    for kind, model in TEXT_PAGES:
        if ids := list(model.objects.filter(path__startswith=path).values_list("pk", flat=True)):
            touch(kind, *ids)
    transaction.on_commit(forget_paths, robust=True)


@receiver(post_save, sender=Campaign)
def campaign_address_changed(instance: Campaign, **_kwargs: object) -> None:
    """The address of a campaign's page is the campaign's."""
    for page in CampaignPage.objects.filter(campaign=instance).exclude(slug=instance.slug):
        page.save()


@receiver(post_save, sender=Goal)
def goal_address_changed(instance: Goal, **_kwargs: object) -> None:
    """The address of a goal's page is the goal's."""
    for page in GoalPage.objects.filter(goal=instance).exclude(slug=instance.slug):
        page.save()


@tree.page_changed(ImprintPage)
@tree.page_changed(AccessibilityPage)
def legal_page_changed(page_id: int) -> None:
    """Index the page anew, or forget it; the footer leads to the legal pages that there are."""
    touch("about", page_id)
    frame.forget()


@receiver([post_save, post_delete], sender=TownSettings)
def settings_changed(**_kwargs: object) -> None:
    """The frame is read again when its settings have changed."""
    frame.forget()


@receiver([post_save, post_delete], sender=get_document_model())
def document_changed(instance: AbstractDocument, **_kwargs: object) -> None:
    """Index the pages that offer a document, for its text is searched with theirs; reports tell what it is like."""
    with transaction.atomic():
        for report in ReportPage.objects.filter(pdf=instance.pk):
            report.look_at_pdf()
            report.save(update_fields=["pdf_hash", "pdf_pages", "pdf_tagged", "pdf_language"], clean=False)
        touch_offering([instance])


@receiver([post_save, post_delete], sender=CollectionViewRestriction)
def documents_opened_or_closed(instance: CollectionViewRestriction, **_kwargs: object) -> None:
    """Index the pages that offer documents of a collection: what is closed is not searched any more."""
    with transaction.atomic():
        touch_offering(papers.below(instance))


def touch_offering(documents: Iterable[AbstractDocument]) -> None:
    """Index the pages that offer one of these documents."""
    found = list(documents)
    for kind, model in TEXT_PAGES:
        if ids := papers.pages_naming(found, model):
            touch(kind, *ids)
