"""What pages of other rooms show of moderation."""

from datetime import timedelta
from typing import Any

from django import template
from django.template import loader
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from moderation import panels, rules
from moderation.measures import stop_of, stop_words
from moderation.queries.profiles import waiting_name
from moderation.queries.waiting_words import in_words

register = template.Library()


@register.inclusion_tag("moderation/parts/look_at.html", takes_context=True)
def look_at(context: dict[str, Any], kind: str, object_id: int) -> dict[str, Any]:
    """Render a button for moderators that opens a case on this contribution; nothing for everybody else."""
    request = context.get("request")
    shown = request is not None and rules.may_decide_in(request.user, getattr(context.get(kind), "campaign_id", None))
    can_merge = shown and getattr(context.get(kind), "state", "") == "public"
    return {
        "shown": shown,
        "kind": kind,
        "object_id": object_id,
        "can_merge": can_merge,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag(takes_context=True)
def case_panels(context: template.RequestContext, place: str) -> SafeString:
    """Render the boxes of a place on the page of a case, in the context of the page (see ``moderation.panels``)."""
    request, parts = context["request"], []
    page: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    for name, values in panels.shown(place, context["case"], request.user):
        parts.append(loader.render_to_string(name, {**page, **values}, request))
    return mark_safe("".join(parts))


@register.inclusion_tag("moderation/parts/writing_stop.html", takes_context=True)
def writing_stop(context: dict[str, Any]) -> dict[str, Any]:
    """Tell somebody whose writing is paused or blocked until when and where the letter is; nothing for everybody else."""
    request = context.get("request")
    stop = stop_of(request.user) if request is not None else None
    if stop is None:
        return {"stop": None}
    return {
        "stop": stop,
        "words": stop_words(stop),
        "rule": stop.decision.rule_version,
        "reason": stop.decision.reason,
        "until": stop.decision.complaint_until,
        "url": reverse("moderation:letter", args=[stop.decision.code]),
        "complaint_url": reverse("moderation:complaint", args=[stop.decision.code]),
    }


@register.simple_tag(takes_context=True)
def name_waits(context: dict[str, Any]) -> str:
    """Return the person's new public name that waits for a decision, or nothing."""
    request = context.get("request")
    row = waiting_name(request.user.pk) if request is not None and request.user.is_authenticated else None
    return row.name if row else ""


@register.filter
def as_waiting(time: timedelta) -> str:
    """Return a time as people say it, such as „5 Stunden“."""
    return in_words(time)


@register.filter
def part(month: Any, name: str) -> Any:
    """Return a breakdown of a month of the ledger, if it is told."""
    return month.parts.get(name)


@register.filter
def sum_of(month: Any, name: str) -> Any:
    """Return a sum of a month of the ledger."""
    return month.totals[name]
