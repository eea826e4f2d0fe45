"""What editors want to stand first for certain words. Who may see it is decided by the thing itself, each time."""

from django.db import transaction

from accounts.models import User
from search.hydrate import hydrate
from search.models import Recommendation
from search.query import parse
from search.registry import is_kind
from search.types import Found, Hit, Query

MOST = 3


def terms_text(query: Query) -> str:
    """Return the terms of a question in one order: Parkplatz Markt and Markt, Parkplätze are the same question."""
    return " ".join(sorted({term.term for term in query.terms}))[:300]


def recommended(user: object, query: Query) -> list[Hit]:
    """Return what is recommended for a question and this person may see; at most three."""
    terms = terms_text(query)
    if not terms or query.excluded:
        return []
    rows = Recommendation.objects.filter(terms=terms).order_by("place", "pk")[: 2 * MOST]
    return hydrate([Found(row.kind, row.object_id, 0.0) for row in rows], user)[:MOST]


def recommend(actor: User, words: str, kind: str, object_id: int) -> Recommendation | None:
    """Recommend a thing for words, last in their list; ``None`` when it is no thing that everybody may see."""
    words = " ".join(words.split())[:200]
    terms = terms_text(parse(words, exact=True))
    if not terms or not is_kind(kind) or not hydrate([Found(kind, object_id, 0.0)], _anybody()):
        return None
    with transaction.atomic():
        place = Recommendation.objects.filter(terms=terms).count()
        row, _new = Recommendation.objects.get_or_create(
            terms=terms,
            kind=kind,
            object_id=object_id,
            defaults={"words": words, "place": place, "created_by": actor},
        )
    return row


def _anybody() -> object:
    from django.contrib.auth.models import AnonymousUser

    return AnonymousUser()
