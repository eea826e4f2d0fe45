"""What a comment shows beside its words: names it speaks to, and whether it can be changed."""

import html
import re
from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from ideas.mentions import pattern
from ideas.models import Campaign, Comment
from ideas.rules import in_time_to_change

register = template.Library()
# Tags of clean HTML, with whatever their attributes hold.
TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")


@register.filter
def mentions(value: SafeString, names: Iterable[str]) -> SafeString:
    """Mark ``@Name`` in clean HTML, outside its tags and links; what is not one of the names stays as it is.

    What comes without being marked as clean is escaped first.
    """
    value = conditional_escape(value)
    found = tuple(sorted(html.escape(name, quote=False) for name in names or ()))
    if not found or "@" not in value:
        return value
    wanted, parts, in_link = pattern(found), [], False
    for piece in TAG.split(value):
        if piece.startswith("<"):
            in_link = piece.startswith("<a ") or (in_link and piece != "</a>")
        elif not in_link:
            piece = wanted.sub(r'<span class="mw-mention">\g<0></span>', piece)  # noqa: PLW2901
        parts.append(piece)
    return mark_safe("".join(parts))


@register.filter
def changeable(comment: Comment, campaign: Campaign) -> bool:
    """Tell whether its author may change the comment now, the campaign's phase aside."""
    is_there = comment.state in (Comment.State.WAITING, Comment.State.PUBLIC)
    return is_there and in_time_to_change(comment, campaign, timezone.now())
