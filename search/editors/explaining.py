"""How a question is read, and why a hit is where it is: the same rules and numbers that make the order."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from search.backends import ask
from search.hydrate import scope_for
from search.queries import question_for, search
from search.ranking import Rank, ranks_of
from search.types import Found, Hit, Page, Term

MOST = 10


@dataclass(frozen=True)
class Explained:
    """A hit with its place and what its place is made of."""

    place: int
    hit: Hit
    rank: Rank


@dataclass(frozen=True)
class Explanation:
    """A question with its answer and the reasons; ``better`` counts the conditions that come before all numbers."""

    page: Page
    words: tuple[Term, ...]
    hits: tuple[Explained, ...]
    better: int


def explain(text: str) -> Explanation:
    """Return how a text is understood and why its first ten hits, as everybody sees them, are in this order."""
    page = search(AnonymousUser(), text)
    if not page.query:
        return Explanation(page, (), (), 0)
    scope = scope_for(AnonymousUser())
    better = ask(lambda backend: question_for(page.query, scope, backend)[0][1])[0]
    shown = page.hits[:MOST]
    ranks = ranks_of([Found(hit.kind, hit.object_id, 0.0) for hit in shown], page.query, better)
    hits = [Explained(place, hit, ranks[hit.key]) for place, hit in enumerate(shown, 1) if hit.key in ranks]
    return Explanation(page, page.query.terms, tuple(hits), len(better))
