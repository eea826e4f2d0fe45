"""Comparing the search table with the objects it was built from."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import F
from elasticsearch.helpers import scan

from search import elastic
from search.analysis import fingerprint
from search.documents import fill, public_documents
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


def differences() -> Iterator[str]:
    """Yield a line for each difference between index and objects; nothing when all is right."""
    yield from _database_differences()
    for kind in SearchDocument.objects.filter(visible=True).order_by().values_list("kind", flat=True).distinct():
        if not is_kind(kind):
            yield f"{kind}: unknown kind"
    for builder in builders():
        yield from _row_differences(builder.kind)
        known = set(SearchDocument.objects.filter(kind=builder.kind).values_list("object_id", flat=True))
        yield from (f"{builder.kind}:{pk}: missing" for pk in builder.visible_pks() if pk not in known)
    behind = SearchDocument.objects.exclude(built_version=F("version"), fingerprint=fingerprint())
    yield from (f"{key}: not built" for key in behind.order_by("key").values_list("key", flat=True))
    if elastic.is_used():
        yield from _elastic_differences()


def _row_differences(kind: str) -> Iterator[str]:
    last = 0
    while rows := list(SearchDocument.objects.filter(kind=kind, pk__gt=last).order_by("pk")[:_BATCH]):
        last = rows[-1].pk
        docs = public_documents(kind, [row.object_id for row in rows])
        for row in rows:
            stored = {name: getattr(row, name) for name in _COMPARED}
            fill(row, docs.get(row.object_id))
            wrong = [name for name, value in stored.items() if getattr(row, name) != value]
            if wrong:
                yield f"{row.key}: {', '.join(wrong)}"


def _elastic_differences() -> Iterator[str]:
    """Yield each row of which Elasticsearch has another version, or none, or which it alone has."""
    versions = dict(SearchDocument.objects.values_list("key", "version"))
    asking = elastic.client().options(request_timeout=30)
    asking.indices.refresh(index=elastic.alias())
    for hit in scan(asking, index=elastic.alias(), query={"_source": ["v"]}, size=2_000):
        version, there = versions.pop(hit["_id"], None), hit["_source"]["v"]
        if version != there:
            yield f"{hit['_id']}: Elasticsearch has version {there}, the table {version}"
    yield from (f"{key}: not in Elasticsearch" for key in sorted(versions))


def _database_differences() -> Iterator[str]:
    """Yield what is wrong with the full-text index itself (SQLite; PostgreSQL's columns cannot go astray)."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'search_document'")
        yield from (f"trigger {name}: missing" for name in sorted(_TRIGGERS - {name for (name,) in cursor.fetchall()}))
        cursor.execute("SELECT count(*) FROM search_fts_docsize")
        indexed = cursor.fetchone()[0]
    visible = SearchDocument.objects.filter(visible=True).count()
    if indexed != visible:
        yield f"full-text index: {indexed} rows instead of {visible}"
