"""Receipts on pages, and what is on record about a campaign's votes."""

from typing import Any

from django import template

from ideas.models import Idea
from voting.queries.receipts import receipt_of

register = template.Library()


@register.inclusion_tag("voting/receipt.html", takes_context=True)
def vote_receipt(context: template.Context, idea: Idea) -> dict[str, Any]:
    """Render the receipt of one's own support, closed until somebody opens it; asks only for people signed in."""
    user = context["request"].user
    return {"code": receipt_of(user, idea) if user.is_authenticated else ""}
