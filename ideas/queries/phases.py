"""A campaign's phases as people see them: the steps of the river, what runs now, what comes next.

Everything here reads phases that were fetched with the campaign and costs no statement.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Campaign, Phase
from theme import dates

Step = dict[str, object]


def current(campaign: Campaign, at: dt.datetime | None = None) -> Phase | None:
    """Return the phase of now; of several, the one that began last."""
    at = at or timezone.now()
    found = [phase for phase in campaign.phases.all() if phase.opens_at <= at < phase.closes_at]
    return found[-1] if found else None


def state_of(campaign: Campaign, at: dt.datetime | None = None) -> str:
    """Return ``open``, ``before`` (nothing has begun), ``between`` or ``over``."""
    at = at or timezone.now()
    phases = list(campaign.phases.all())
    if any(phase.opens_at <= at < phase.closes_at for phase in phases):
        return "open"
    if not any(phase.opens_at > at for phase in phases):
        return "over"
    return "between" if any(phase.closes_at <= at for phase in phases) else "before"


def coming(campaign: Campaign, at: dt.datetime | None = None) -> Phase | None:
    """Return the phase that begins next."""
    at = at or timezone.now()
    return next((phase for phase in campaign.phases.all() if phase.opens_at > at), None)


def result_has_begun(campaign: Campaign, at: dt.datetime | None = None) -> bool:
    """Tell whether the campaign has come to its result."""
    at = at or timezone.now()
    return any(phase.kind == Phase.Kind.RESULT and phase.opens_at <= at for phase in campaign.phases.all())


def phase_steps(campaign: Campaign, at: dt.datetime | None = None, *, short: bool = False) -> list[Step]:
    """Return the phases for the river; ``short`` names only the end, as on cards."""
    at = at or timezone.now()
    now = current(campaign, at)
    return [step(phase, at, is_now=phase == now, short=short) for phase in campaign.phases.all()]


def step(phase: Phase, at: dt.datetime, *, is_now: bool, short: bool = False) -> Step:
    """Return one phase for the river."""
    state = "now" if is_now else "past" if phase.closes_at <= at else "next"
    length = (phase.closes_at - phase.opens_at).total_seconds()
    gone = 100 if state == "past" else int(100 * (at - phase.opens_at).total_seconds() / length) if is_now else 0
    return {
        "title": phase.name,
        "when": until(phase) if short else span(phase),
        "state": state,
        "progress": min(100, max(0, gone)),
        "phase": phase,
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
    return _("until %(moment)s") % {"moment": last_moment(phase.closes_at)}


def last_moment(moment: dt.datetime) -> str:
    """Return "Sonntag, 6. Dezember, 18 Uhr"; an end at midnight is the day before, because people count days."""
    seen = timezone.localtime(moment)
    return dates.moment(seen) if seen.time() != dt.time() else dates.moment((seen - dt.timedelta(days=1)).date())


def first_moment(moment: dt.datetime) -> str:
    """Return "Sonntag, 6. Dezember, 18 Uhr"; a beginning at midnight is that day."""
    seen = timezone.localtime(moment)
    return dates.moment(seen if seen.time() != dt.time() else seen.date())


def end_text(moment: dt.datetime) -> str:
    """Return the last day, with the hour unless it is midnight."""
    seen = timezone.localtime(moment)
    if seen.time() == dt.time():
        return dates.short_day((seen - dt.timedelta(days=1)).date())
    return f"{dates.short_day(seen)}, {dates.clock(seen)}"


def next_opening(campaign: Campaign, what: str, at: dt.datetime | None = None) -> Phase | None:
    """Return the phase in which ideas, comments or supports will be taken next."""
    at = at or timezone.now()
    found = (phase for phase in campaign.phases.all() if phase.opens_at > at and getattr(phase, f"allows_{what}"))
    return next(found, None)


def closes_at(campaign: Campaign, what: str, at: dt.datetime | None = None) -> dt.datetime | None:
    """Return until when the campaign takes ideas, comments or supports without a break, None if it does not now."""
    moment = at or timezone.now()
    end: dt.datetime | None = None
    # In the order of their beginnings: each one that has begun by the end found so far moves that end on.
    for phase in campaign.phases.all():
        if getattr(phase, f"allows_{what}") and phase.opens_at <= moment < phase.closes_at:
            end = moment = phase.closes_at
    return end
