"""How the votes on an idea came in: by how well the town knew the voters, and on paper, each apart."""

from typing import Any

from django import template

from ideas.models import Idea
from voting.queries.apart import ByLevel, by_level, on_paper

register = template.Library()


@register.inclusion_tag("voting/apart.html")
def votes_apart(idea: Idea) -> dict[str, Any]:
    """Render the numbers by level and from paper; nothing while numbers are hidden, or where there is nothing to tell."""
    levels: list[ByLevel] = by_level(idea)
    return {"levels": levels, "paper": on_paper(idea)}
