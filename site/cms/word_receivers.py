"""What follows for versions and the glossary when pages change; connected for every kind of page by ``connect``."""

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page

from cms import glossary, reading, tree
from cms.english_search import EnglishSearch
from cms.models import Term, TownPage, Variant
from cms.models.pages import ENGLISH
from cms.models.variants import stamp
from search.actions import touch


def connect() -> None:
    """Listen to all kinds of pages, also those of rooms above; called when all rooms are loaded."""
    for model in (Page, *(one for one in apps.get_models() if issubclass(one, TownPage))):
        post_save.connect(page_changed, sender=model, dispatch_uid="cms.words")
        post_delete.connect(page_changed, sender=model, dispatch_uid="cms.words")


def page_changed(instance: Page, **_kwargs: object) -> None:
    """Mark the versions of a page that says something else now; read it again which pages exist in which words."""
    transaction.on_commit(reading.forget, robust=True)
    variants = list(Variant.objects.filter(page=instance.pk).only("source_stamp", "outdated_since", "level"))
    if instance.url_path.startswith(ENGLISH) or any(one.level == Variant.Level.ENGLISH for one in variants):
        touch_english(instance.pk)
    # From the database: what is at hand may be a draft.
    page = Page.objects.filter(pk=instance.pk).first() if variants else None
    if page is None:
        return
    now = stamp(page.specific)
    for variant in variants:
        is_old = variant.source_stamp != now
        if is_old != bool(variant.outdated_since):
            Variant.objects.filter(pk=variant.pk).update(outdated_since=timezone.now() if is_old else None)


@tree.branch_changed
def branch_changed(path: str) -> None:
    """Read it again when pages were moved, closed or opened."""
    transaction.on_commit(reading.forget, robust=True)
    below = Page.objects.filter(path__startswith=path).order_by()
    english = Q(url_path__startswith=ENGLISH) | Q(variants__level=Variant.Level.ENGLISH)
    touch_english(*below.filter(english).values_list("pk", flat=True))


@receiver([post_save, post_delete], sender=Variant)
def variant_changed(instance: Variant, **_kwargs: object) -> None:
    """Show a version from now on, or not any more."""
    transaction.on_commit(reading.forget, robust=True)
    if instance.level == Variant.Level.ENGLISH:
        touch_english(instance.page_id)


def touch_english(*ids: int) -> None:
    """Index the English words of these pages anew, or forget them."""
    if ids:
        with transaction.atomic():
            touch(EnglishSearch.kind, *ids)


@receiver([post_save, post_delete], sender=Term)
def term_changed(**_kwargs: object) -> None:
    """Explain the word from now on, or not any more."""
    transaction.on_commit(glossary.forget, robust=True)
