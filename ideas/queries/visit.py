"""What a list needs to know of a visit: where the fair order begins, and whether somebody reads or a program does."""

from dataclasses import dataclass
from typing import Any

from accounts.visitors import address_of
from ideas.queries.ring import start_for


@dataclass(frozen=True)
class Visit:
    """One request for a list; nothing of it is kept."""

    start: int
    agent: str


def visit_of(request: Any) -> Visit:
    """Return what the lists on this page need; the page is then for this visitor, and no shared cache may keep it."""
    found: Visit | None = getattr(request, "fair_visit", None)
    if found is None:
        agent = request.META.get("HTTP_USER_AGENT", "")[:500]
        found = request.fair_visit = Visit(start_for(address_of(request), agent), agent)
        request.is_for_one_visitor = True
    return found
