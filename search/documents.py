"""Building rows: from the object as everybody may see it to tokens, in one go for many."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Model

from search.analysis import analyse, fingerprint
from search.models import SearchDocument
from search.registry import Builder, Doc, builder_for, is_kind
from search.words import tokens

MAX_BODY = 20_000
# Between the words of a contribution and those of its files, in ``body_parts``; no engine takes it for a word.
FILES = "\x01"
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
    return documents_of(builder, list(builder.public().filter(pk__in=ids)))


def documents_of(builder: Builder, objects: Sequence[Model]) -> dict[int, Doc]:
    """Return text, facts and files of objects, by their ids."""
    files = builder.attachments(objects)
    return {obj.pk: replace(builder.document(obj), files=tuple(files.get(obj.pk, ()))) for obj in objects}


def own_words(tokens: str) -> str:
    """Return the tokens of a column without those of files."""
    return tokens.partition(FILES)[0]


def fill(row: SearchDocument, doc: Doc | None, files: str | None = None) -> bool:
    """Put what is public into a row, or make it a tombstone; return whether its own words changed.

    ``files``: the tokens of the files beside it (``search.attachments``), none where it has no files. They weigh as
    little as parts of compounds.
    """
    changed = _fill_text(row, doc)
    parts = own_words(row.body_parts).rstrip()
    row.body_parts = parts if doc is None or files is None else f"{parts} {FILES} {files}"
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
