"""Closed groups on other pages."""

from django import template

from ideas.queries.groups import my_groups

register = template.Library()


@register.simple_tag(takes_context=True)
def my_group_count(context: template.Context) -> int:
    """Return in how many closed groups the person is."""
    user = context["request"].user
    return my_groups(user).count() if user.is_authenticated else 0
