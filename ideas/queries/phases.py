"""A campaign's phases as the steps of the river."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from theme import dates


def phase_steps(campaign: Campaign, at: datetime | None = None) -> list[dict[str, object]]:
    """Return the steps for ``{% phase_line %}``: past, now (with progress), next."""
    at = at or timezone.now()
    return [step(phase, at) for phase in campaign.phases.all()]


def step(phase: Phase, at: datetime) -> dict[str, object]:
    """Return one phase as a step."""
    state = "past" if phase.closes_at <= at else "next" if at < phase.opens_at else "now"
    progress = {"past": 100, "next": 0}.get(state, 0)
    if state == "now":
        progress = round(100 * (at - phase.opens_at) / (phase.closes_at - phase.opens_at))
    return {"title": phase.name, "when": stretch(phase), "state": state, "progress": progress, "phase": phase}


def stretch(phase: Phase) -> str:
    """Return from when to when, in words."""
    begin, end = dates.short_day(phase.opens_at), dates.short_day(phase.closes_at)
    return _("%(begin)s to %(end)s, %(time)s") % {"begin": begin, "end": end, "time": dates.clock(phase.closes_at)}


def next_opening(campaign: Campaign, what: str, at: datetime | None = None) -> Phase | None:
    """Return the phase in which ideas, comments or supports will be taken next."""
    at = at or timezone.now()
    return next(
        (phase for phase in campaign.phases.all() if phase.opens_at > at and getattr(phase, f"allows_{what}")), None
    )


def closes_at(campaign: Campaign, what: str, at: datetime | None = None) -> datetime | None:
    """Return until when the campaign takes ideas, comments or supports without a break, None if it does not now."""
    at = at or timezone.now()
    ends = [
        phase.closes_at
        for phase in campaign.phases.all()
        if phase.opens_at <= at < phase.closes_at and getattr(phase, f"allows_{what}")
    ]
    return max(ends, default=None)
