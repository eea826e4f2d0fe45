"""Building rows: from the object as everybody may see it to tokens, in one go for many."""

import hashlib
from collections.abc import Sequence

from search.analysis import analyse, fingerprint
from search.models import SearchDocument
from search.registry import Doc, builder_for, is_kind
from search.words import tokens

MAX_BODY = 20_000
_FACTS = ("source_id", "campaign", "status", "category", "district", "tags", "published_at", "votes", "visible")
_TEXTS = (
    "title",
    "body",
    "scope",
    "title_fold",
    "title_terms",
    "title_parts",
    "body_terms",
    "body_parts",
    "fingerprint",
)
BUILT = (*_FACTS, *_TEXTS, "built_version")


def key_of(kind: str, object_id: int) -> str:
    """Return the key of a row."""
    return f"{kind}:{object_id}"


def scope_token(campaign: str) -> str:
    """Return the token by which the rows of a campaign are found inside SQLite's full-text index."""
    return "c" + hashlib.sha256(campaign.encode()).hexdigest()[:14]


def public_documents(kind: str, ids: Sequence[int]) -> dict[int, Doc]:
    """Return the public text of those objects that everybody may see."""
    if not is_kind(kind):
        return {}
    builder = builder_for(kind)
    return {obj.pk: builder.document(obj) for obj in builder.public().filter(pk__in=ids)}


def fill(row: SearchDocument, doc: Doc | None) -> bool:
    """Put what is public into a row, or make it a tombstone; return whether its words changed."""
    changed = _fill_text(row, doc)
    row.visible = doc is not None
    doc = doc or Doc(title="")
    row.source_id, row.campaign, row.status = doc.source_id, doc.campaign, doc.status
    row.category, row.district, row.tags = doc.category, doc.district, list(doc.tags)
    row.published_at, row.votes = doc.published_at, doc.votes
    row.scope = scope_token(doc.campaign) if doc.campaign else ""
    row.built_version = row.version
    return changed


def _fill_text(row: SearchDocument, doc: Doc | None) -> bool:
    title, body = (_clean(doc.title), _clean(doc.body)[:MAX_BODY]) if doc else ("", "")
    if (row.title, row.body, row.fingerprint) == (title, body, fingerprint()):
        return False
    row.title, row.body, row.fingerprint = title, body, fingerprint()
    row.title_terms, row.title_parts = analyse(title)
    row.body_terms, row.body_parts = analyse(body)
    row.title_fold = " ".join(token.word for token in tokens(title))
    return True


def _clean(text: str) -> str:
    """PostgreSQL cannot store NUL, and neither database a lone surrogate."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
