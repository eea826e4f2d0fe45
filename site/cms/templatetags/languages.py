"""Explained words, one sentence per line, and where a goal or another language is to be found."""

import re

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText

from cms import glossary
from cms import languages as trees
from cms.models import Measure
from cms.queries.goals import done_lately, goal_address
from cms.templatetags.cms import rich
from ideas.models import Goal

register = template.Library()
register.filter(trees.here)
TAG = re.compile(r"(<[^>]*>)")
# A number with a dot ("6. Dezember") ends no sentence.
END = re.compile(r"(?<=[^\d\s][.!?:])\s+(?=[A-ZÄÖÜ„»\d])")


@register.simple_tag(takes_context=True)
def explained(context: Context, value: RichText | str) -> SafeString:
    """Return an editor's text, washed, with words of the glossary marked; in Leichte Sprache a line for each sentence."""
    html: str = rich(value)
    request = context.get("request")
    if request is None:
        return mark_safe(html)
    if getattr(getattr(request, "reading", None), "level", "") == "leicht":
        html = "".join(part if part.startswith("<") else END.sub("<br>", part) for part in TAG.split(html))
    return glossary.marked(html, vars(request).setdefault("_cms_terms", set()))


@register.simple_tag
def done_for_goals() -> list[tuple[Measure, str]]:
    """Return the measures that were carried out last."""
    return done_lately()


@register.filter
def goal_url(goal: Goal) -> str:
    """Return the page of a goal, or its ideas while it has none; costs no statement while addresses are in the cache."""
    return goal_address(goal)
