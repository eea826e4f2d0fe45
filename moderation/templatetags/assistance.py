"""Highlighting in a contribution what the marks are about."""

import re
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from moderation.models import Case
from moderation.queries.assistance import highlighted

register = template.Library()
_TAG = re.compile(r"(<[^>]*>)")


class Marked(template.Node):
    """Renders what is inside, the places of the marks highlighted."""

    def __init__(self, inside: template.NodeList, case: template.base.FilterExpression) -> None:
        self.inside, self.case = inside, case

    def render(self, context: template.Context) -> SafeString:
        html, case = self.inside.render(context), self.case.resolve(context)
        hits = highlighted(case) if isinstance(case, Case) else []
        return mark_safe(marked_in(html, hits))


def marked_in(html: str, hits: list[str]) -> str:
    """Return HTML of ours with these pieces of plain text highlighted; tags and what stands in them stay untouched."""
    if not hits:
        return html
    wanted = re.compile("|".join(re.escape(escape(hit)) for hit in hits))
    parts = _TAG.split(html)  # text and tags in turn
    return "".join(wanted.sub(r"<mark>\g<0></mark>", part) if n % 2 == 0 else part for n, part in enumerate(parts))


@register.tag
def marked(parser: template.base.Parser, token: template.base.Token) -> Marked:
    """Read ``{% marked case %}…{% endmarked %}``."""
    _name, case = token.split_contents()
    inside = parser.parse(("endmarked",))
    parser.delete_first_token()
    return Marked(inside, parser.compile_filter(case))
