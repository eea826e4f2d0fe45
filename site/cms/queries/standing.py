"""Which contacts and places everybody may know of: those that stand on a page everybody can open, and listed contacts."""

from collections.abc import Collection, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet
from wagtail.models import Page, ReferenceIndex

from cms.models import CampaignPage, ChapterPage, Contact, Place, Variant, open_to_all
from cms.models.contacts import MOST_STEPS
from cms.queries.reports import public_chapters
from ideas.models import Campaign


def open_pages(ids: Collection[int]) -> set[int]:
    """Return those of the pages that everybody can open; not those of closed campaigns and of reports that are not out.

    In three statements: as one it is deeper than SQLite reads.
    """
    if not ids:
        return set()
    closed = CampaignPage.objects.exclude(campaign__is_public=True, campaign__audience=Campaign.Audience.EVERYBODY)
    found = open_to_all(Page.objects.order_by().filter(pk__in=ids)).exclude(pk__in=closed.values("pk"))
    pages = set(found.values_list("pk", flat=True))
    chapters = set(ChapterPage.objects.filter(pk__in=pages).values_list("pk", flat=True))
    if chapters:
        pages -= chapters - set(public_chapters().filter(pk__in=chapters).values_list("pk", flat=True))
    return pages


def standing(model: type[Model], among: Iterable[int] | None = None) -> set[int]:
    """Return the objects of a class that stand on open pages, or on versions of these in other words."""
    kinds = ContentType.objects.get_for_models(Page, Variant, model)
    rows = ReferenceIndex.objects.filter(
        to_content_type=kinds[model], base_content_type__in=[kinds[Page], kinds[Variant]]
    )
    if among is not None:
        rows = rows.filter(to_object_id__in=[str(one) for one in among])
    uses = set(rows.values_list("to_object_id", "base_content_type", "object_id"))
    words = [int(holder) for _thing, kind, holder in uses if kind == kinds[Variant].pk]
    page_of = dict(Variant.objects.filter(pk__in=words).values_list("pk", "page")) if words else {}
    pages = {
        (thing, kind, holder): int(holder) if kind == kinds[Page].pk else page_of.get(int(holder), 0)
        for thing, kind, holder in uses
    }
    open_ones = open_pages(set(pages.values()))
    return {int(use[0]) for use, page in pages.items() if page in open_ones}


def is_public(contact: Contact) -> bool:
    """Tell whether everybody may know of a contact: it is listed or stands on a page, or it stands in for one that does."""
    if contact.is_listed:
        return True
    known = {contact.pk}
    for _step in range(MOST_STEPS):
        more = set(Contact.objects.filter(successor__in=known).values_list("pk", flat=True)) - known
        if not more:
            break
        known |= more
    known |= set(Contact.objects.filter(deputy__in=known).values_list("pk", flat=True))
    return Contact.objects.filter(pk__in=known, is_listed=True).exists() or bool(standing(Contact, known))


def public_places() -> "QuerySet[Place]":
    """Return the places that stand on open pages, and those of contacts that do or that are listed."""
    shown = Contact.objects.filter(Q(is_listed=True) | Q(pk__in=standing(Contact)), successor=None)
    at = set(shown.exclude(location=None).order_by().values_list("location", flat=True))
    return Place.objects.filter(pk__in=at | standing(Place))
