"""What can be asked: campaigns with their phases, the few numbers of the start page."""

import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import caches
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import CampaignPage
from ideas.models import Campaign, Idea, OfficialAnswer, Phase
from theme import dates

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

Step = dict[str, object]
NUMBERS_SECONDS = 60


def campaign_pages() -> "PageQuerySet[CampaignPage]":
    """Return the public campaign pages with all that a card shows."""
    return (
        CampaignPage.objects.live()
        .filter(campaign__is_public=True)
        .select_related("campaign", "picture")
        .prefetch_related("picture__renditions", "campaign__phases")
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


def state_of(campaign: Campaign, at: dt.datetime | None = None) -> str:
    """Return ``open``, ``before`` (nothing has begun), ``between`` or ``over``."""
    at = at or timezone.now()
    phases = list(campaign.phases.all())
    if any(phase.opens_at <= at < phase.closes_at for phase in phases):
        return "open"
    if not any(phase.opens_at > at for phase in phases):
        return "over"
    return "between" if any(phase.closes_at <= at for phase in phases) else "before"


def current(campaign: Campaign, at: dt.datetime | None = None) -> Phase | None:
    """Return the phase of now, from phases that were read already; of several, the one that began last."""
    at = at or timezone.now()
    found = [phase for phase in campaign.phases.all() if phase.opens_at <= at < phase.closes_at]
    return found[-1] if found else None


def phase_steps(campaign: Campaign, at: dt.datetime | None = None, *, short: bool = False) -> list[Step]:
    """Return the phases for the river; ``short`` names only the end, as on cards."""
    at = at or timezone.now()
    now = current(campaign, at)
    return [step(phase, at, is_now=phase == now, short=short) for phase in campaign.phases.all()]


def step(phase: Phase, at: dt.datetime, *, is_now: bool, short: bool) -> Step:
    """Return one phase for the river."""
    state = "now" if is_now else "past" if phase.closes_at <= at else "next"
    length = (phase.closes_at - phase.opens_at).total_seconds()
    gone = 100 if state == "past" else int(100 * (at - phase.opens_at).total_seconds() / length) if is_now else 0
    return {
        "title": phase.name,
        "when": until(phase) if short else span(phase),
        "state": state,
        "progress": min(100, max(0, gone)),
    }


def span(phase: Phase) -> str:
    """Return "2. November bis 6. Dezember 2026, 18 Uhr"."""
    first, last = dates.short_day(phase.opens_at), end_text(phase.closes_at)
    year = str(timezone.localtime(phase.opens_at).year)
    if first.endswith(year) and year in last:
        first = first.removesuffix(year).rstrip()
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def until(phase: Phase) -> str:
    """Return "bis Sonntag, 6. Dezember, 18 Uhr"."""
    seen = timezone.localtime(phase.closes_at)
    last = dates.moment(seen) if seen.time() != dt.time() else dates.moment((seen - dt.timedelta(days=1)).date())
    return _("until %(moment)s") % {"moment": last}


def end_text(moment: dt.datetime) -> str:
    """Return the last day; an end at midnight is the day before, because people count days."""
    seen = timezone.localtime(moment)
    if seen.time() == dt.time():
        return dates.short_day((seen - dt.timedelta(days=1)).date())
    return f"{dates.short_day(seen)}, {dates.clock(seen)}"


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
