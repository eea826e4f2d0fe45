"""What pages of other rooms show of moderation."""

from typing import Any

from django import template

from moderation import rules

register = template.Library()


@register.inclusion_tag("moderation/parts/look_at.html", takes_context=True)
def look_at(context: dict[str, Any], kind: str, object_id: int) -> dict[str, Any]:
    """Render a button for moderators that opens a case on this contribution; nothing for everybody else."""
    request = context.get("request")
    shown = request is not None and rules.may_decide(request.user)
    can_merge = shown and getattr(context.get(kind), "state", "") == "public"
    return {
        "shown": shown,
        "kind": kind,
        "object_id": object_id,
        "can_merge": can_merge,
        "csrf_token": context.get("csrf_token"),
    }
