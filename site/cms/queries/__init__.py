"""What can be asked: campaigns with their phases, the few numbers of the start page."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from cms.models import CampaignPage
from ideas.models import Campaign, Idea, OfficialAnswer
from ideas.queries.phases import current, state_of

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

NUMBERS_SECONDS = 60


def campaign_pages() -> "PageQuerySet[CampaignPage]":
    """Return the public campaign pages with all that a card shows."""
    return (
        CampaignPage.objects.live()
        .filter(campaign__is_public=True)
        .select_related("campaign", "picture")
        .prefetch_related("campaign__phases")  # sizes of pictures lie in a cache of their own
        .order_by("-first_published_at", "-pk")
    )


def in_order(at: dt.datetime | None = None) -> list[CampaignPage]:
    """Return all public campaigns: open ones by their nearest end, then coming ones, then those that are over."""
    at = at or timezone.now()
    return sorted(campaign_pages(), key=lambda page: place(page.campaign, at))


def place(campaign: Campaign, at: dt.datetime) -> tuple[int, dt.datetime]:
    """Return where a campaign stands among others."""
    phase = current(campaign, at)
    if phase:
        return 0, phase.closes_at
    coming = min((one.opens_at for one in campaign.phases.all() if one.opens_at > at), default=None)
    return (1, coming) if coming else (2, at)


def open_first(limit: int) -> list[CampaignPage]:
    """Return up to ``limit`` campaigns that are open or still to come."""
    now = timezone.now()
    return [page for page in in_order(now) if state_of(page.campaign, now) != "over"][:limit]


def numbers() -> dict[str, int]:
    """Return how many ideas, supports, answers and carried-out ideas are public; counted once a minute."""
    found: dict[str, int] | None = caches["fast"].get("cms:numbers")
    if found is None:
        found = count_numbers()
        caches["fast"].set("cms:numbers", found, NUMBERS_SECONDS)
    return found


def count_numbers() -> dict[str, int]:
    """Count in one statement; supports only of campaigns whose numbers are public."""
    shown = Q(campaign__counts_hidden_until=None) | Q(campaign__counts_hidden_until__lte=timezone.now())
    answered = Exists(OfficialAnswer.objects.filter(idea=OuterRef("pk")))
    found = (
        Idea.objects.listed()
        .annotate(has_answer=answered)
        .aggregate(
            ideas=Count("pk"),
            supports=Sum("support_count", filter=shown, default=0),
            answered=Count("pk", filter=Q(has_answer=True)),
            done=Count("pk", filter=Q(progress=Idea.Progress.DONE)),
        )
    )
    return {name: int(value or 0) for name, value in found.items()}


def absolute(path: str) -> str:
    """Return the full address of a path on this site."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"
