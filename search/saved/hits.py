"""What was found, read afresh: only what everybody may see now, and this person too."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from search.documents import key_of
from search.highlight import wanted
from search.hydrate import hydrate, mark
from search.models import SavedHit, SavedSearch
from search.query import parse
from search.types import Found, Hit


def shown_hits(rows: Iterable[SavedHit], user: object) -> list[tuple[SavedHit, Hit]]:
    """Return the hits that may be seen, newest first, one query for each kind and reader.

    Alerts are about what is public: staff who may see more are not alerted to what is hidden.
    """
    rows = list(rows)
    found = [Found(kind, pk, 0.0) for kind, pk in dict.fromkeys((row.kind, row.object_id) for row in rows)]
    public = hydrate(found, AnonymousUser())
    if getattr(user, "is_authenticated", False):
        mine = {hit.key for hit in hydrate([Found(hit.kind, hit.object_id, 0.0) for hit in public], user)}
        public = [hit for hit in public if hit.key in mine]
    seen = {hit.key: hit for hit in public}
    mark(public, wanted(parse("")))
    pairs = [(row, hit) for row in rows if (hit := seen.get(key_of(row.kind, row.object_id)))]
    return sorted(pairs, key=lambda pair: (pair[1].doc.published_at or pair[0].found_at, pair[0].pk), reverse=True)


def page_of_hits(search: SavedSearch, user: object, limit: int = 50) -> list[tuple[SavedHit, Hit]]:
    """Return the newest hits of a search, with its words marked."""
    pairs = shown_hits(SavedHit.objects.filter(search=search).order_by("-pk")[:limit], user)
    mark([hit for _row, hit in pairs], wanted(parse(search.text, exact=search.is_exact)))
    return pairs
