"""Comparing the search table with the objects it was built from, and the outside index with the table."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F

from search import elastic
from search.analysis import fingerprint
from search.compare import Difference, outside_differences
from search.documents import fill, key_of, public_documents
from search.models import SearchDocument
from search.registry import builders, is_kind

_BATCH = 500
_COMPARED = (
    "visible",
    "title",
    "body",
    "campaign",
    "status",
    "category",
    "district",
    "tags",
    "published_at",
    "votes",
    "source_id",
)
_TRIGGERS = {
    f"{table}_{name}" for table in ("search_fts", "search_title_fts") for name in ("added", "leaves", "enters", "gone")
}


def differences() -> Iterator[Difference]:
    """Yield a line for each difference between index and objects; nothing when all is right."""
    yield from _database_differences()
    for kind in SearchDocument.objects.filter(visible=True).order_by().values_list("kind", flat=True).distinct():
        if not is_kind(kind):
            yield Difference(f"{kind}: unknown kind")
    for builder in builders():
        yield from _row_differences(builder.kind)
        known = set(SearchDocument.objects.filter(kind=builder.kind).values_list("object_id", flat=True))
        missing = (key_of(builder.kind, pk) for pk in builder.visible_pks() if pk not in known)
        yield from (Difference(f"{key}: missing", key) for key in missing)
    behind = SearchDocument.objects.exclude(built_version=F("version"), fingerprint=fingerprint())
    yield from (Difference(f"{key}: not built", key) for key in behind.order_by("key").values_list("key", flat=True))
    if elastic.is_used() and elastic.is_live():
        yield from outside_differences(elastic.alias())


def _row_differences(kind: str) -> Iterator[Difference]:
    last = 0
    while rows := list(SearchDocument.objects.filter(kind=kind, pk__gt=last).order_by("pk")[:_BATCH]):
        last = rows[-1].pk
        docs = public_documents(kind, [row.object_id for row in rows])
        for row in rows:
            stored = {name: getattr(row, name) for name in _COMPARED}
            fill(row, docs.get(row.object_id))
            wrong = [name for name, value in stored.items() if getattr(row, name) != value]
            if wrong:
                yield Difference(f"{row.key}: {', '.join(wrong)}", row.key)


def _database_differences() -> Iterator[Difference]:
    """Yield what is wrong with the full-text index itself (SQLite; PostgreSQL's columns cannot go astray)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_document'")
        missing = sorted(_TRIGGERS - {name for (name,) in cursor.fetchall()})
        yield from (Difference(f"trigger {name}: missing") for name in missing)
        cursor.execute("SELECT count(*) FROM search_fts_docsize")
        indexed = cursor.fetchone()[0]
    visible = SearchDocument.objects.filter(visible=True).count()
    if indexed != visible:
        yield Difference(f"full-text index: {indexed} rows instead of {visible}")
