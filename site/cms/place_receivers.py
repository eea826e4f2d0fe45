"""Places are found while they stand on an open page: what follows when pages change; connected for every kind by ``connect``."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, ReferenceIndex

from cms import tree
from cms.models import Contact, Place, TownPage
from search.actions import touch


def connect() -> None:
    """Listen to all kinds of pages, also those of rooms above; called when all rooms are loaded."""
    for model in (Page, *(one for one in apps.get_models() if issubclass(one, TownPage))):
        post_save.connect(page_changed, sender=model, dispatch_uid="cms.places")
        post_delete.connect(page_changed, sender=model, dispatch_uid="cms.places")


def page_changed(instance: Page, **_kwargs: object) -> None:
    """Index the places anew that stood on the page, and those that do: Wagtail notes these after us, hence at commit."""
    page, before = instance.pk, places_on(instance.pk)
    transaction.on_commit(lambda: touch_places(before | places_on(page)), robust=True)


def places_on(page: int) -> set[int]:
    """Return the places that stand on a page, themselves or as the place of a contact."""
    kinds = ContentType.objects.get_for_models(Page, Place, Contact)
    rows = ReferenceIndex.objects.filter(
        base_content_type=kinds[Page], object_id=str(page), to_content_type__in=[kinds[Place], kinds[Contact]]
    )
    found = set(rows.values_list("to_content_type", "to_object_id"))
    contacts = [number for kind, number in found if kind == kinds[Contact].pk]
    places = {int(number) for kind, number in found if kind == kinds[Place].pk}
    return places | (set(locations(contacts)) if contacts else set())


def locations(contacts: Iterable[str]) -> Iterable[int]:
    """Return where these contacts sit."""
    return Contact.objects.filter(pk__in=contacts).exclude(location=None).values_list("location", flat=True)


def touch_places(ids: Iterable[int]) -> None:
    """Index these places anew, if there are any."""
    if found := sorted(ids):
        with transaction.atomic():
            touch("place", *found)


@receiver([post_save, post_delete], sender=Place)
def place_changed(instance: Place, **_kwargs: object) -> None:
    """Index a place anew, or forget it."""
    touch_places([instance.pk])


@tree.branch_changed
def branch_changed(path: str) -> None:
    """Index all places anew when pages were moved, closed or opened; there are few."""
    touch_all()


@receiver([post_save, post_delete], sender=Contact)
def contact_changed(**_kwargs: object) -> None:
    """Index all places anew: those of public contacts are public."""
    touch_all()


def touch_all() -> None:
    """Index every place anew."""
    touch_places(Place.objects.values_list("pk", flat=True))
