"""Messages in other rooms' templates: ``{% unread_count %}``, ``{% recent_messages %}``, ``{% mail_choices %}``."""

from typing import Any

from django import template
from django.template.context import RequestContext

from notifications import queries

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_count(context: RequestContext) -> int:
    """Return how many new messages the person has; 0 for visitors."""
    user = context["request"].user
    return queries.unread_count(user) if user.is_authenticated else 0


@register.inclusion_tag("notifications/parts/messages.html", takes_context=True)
def recent_messages(context: RequestContext, limit: int = 3) -> dict[str, Any]:
    """Render the newest messages as a list."""
    user = context["request"].user
    return {"messages": queries.recent_messages(user, limit) if user.is_authenticated else []}


@register.inclusion_tag("notifications/parts/mail_choices.html", takes_context=True)
def mail_choices(context: RequestContext) -> dict[str, Any]:
    """Render the form in which a person says what goes out by mail."""
    return {"options": queries.mail_options(context["request"].user), "csrf_token": context.get("csrf_token")}
