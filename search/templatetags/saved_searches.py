"""Saved searches in other rooms' templates: ``{% saved_search_news %}``."""

from django import template
from django.template.context import RequestContext

from accounts.models import User
from search.saved.owners import fresh_count

register = template.Library()


@register.simple_tag(takes_context=True)
def saved_search_news(context: RequestContext) -> int:
    """Return how many hits of the person's saved searches are new; 0 for visitors."""
    user = context["request"].user
    return fresh_count(user) if isinstance(user, User) else 0
