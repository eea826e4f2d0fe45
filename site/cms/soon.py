"""What needs an editor in the next two weeks; shown on the first page of the admin."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from cms.models import Contact, Picture, Variant
from cms.queries.coverage import outdated
from ideas.models import Phase

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

AHEAD = dt.timedelta(days=14)
MOST = 8


def ending_phases() -> "QuerySet[Phase]":
    """Return phases of public campaigns that end soon."""
    now = timezone.now()
    found = Phase.objects.filter(campaign__is_public=True, closes_at__gt=now, closes_at__lte=now + AHEAD)
    return found.select_related("campaign").order_by("closes_at")[:MOST]


def appearing_pages() -> "PageQuerySet[Page]":
    """Return pages that will be published by the clock, however far ahead."""
    found = Page.objects.annotate_approved_schedule().filter(_approved_schedule=True, go_live_at__gt=timezone.now())
    return found.order_by("go_live_at")[:MOST]


def disappearing_pages() -> "PageQuerySet[Page]":
    """Return public pages that will be taken down soon."""
    now = timezone.now()
    return Page.objects.live().filter(expire_at__gt=now, expire_at__lte=now + AHEAD).order_by("expire_at")[:MOST]


def ending_pictures() -> "QuerySet[Picture]":
    """Return pictures whose time has come soon, or came in the last two weeks."""
    today = timezone.localdate()
    return Picture.objects.filter(usable_until__gte=today - AHEAD, usable_until__lte=today + AHEAD).order_by(
        "usable_until"
    )[:MOST]


def contacts_to_check() -> list[tuple[Contact, str]]:
    """Return contacts that are to be looked at again soon, or should have been, each with where to edit it."""
    found = Contact.objects.filter(check_on__lte=timezone.localdate() + AHEAD).order_by("check_on")[:MOST]
    edit = AdminURLFinder()
    return [(contact, edit.get_edit_url(contact) or "") for contact in found]


def outdated_versions() -> list[tuple[Variant, str]]:
    """Return versions in other words whose page says something else by now, each with where to edit it."""
    edit = AdminURLFinder()
    return [(variant, edit.get_edit_url(variant) or "") for variant in outdated(MOST)]
