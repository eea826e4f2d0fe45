"""The index in Elasticsearch: its address, its names, its mapping. Core features only, so that any cluster will do."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from common.database import lock
from search.analysis import fingerprint
from search.models import SearchDocument, SearchIndex

FAILURES = (TransportError, ApiError)
SCHEMA = 1
_KEYWORDS = ("key", "kind", "status", "category", "tags", "campaign", "district")
_TOKENS = ("title_terms", "title_parts", "body_terms", "body_parts")


def is_used() -> bool:
    """Tell whether this installation has an Elasticsearch server."""
    return bool(settings.ELASTICSEARCH_URL)


@lru_cache(maxsize=4)
def _client(url: str) -> Elasticsearch:
    return Elasticsearch(url, request_timeout=2, max_retries=0, retry_on_timeout=False, http_compress=True)


def client() -> Elasticsearch:
    """Return the client for questions: it gives up after two seconds and never tries twice."""
    return _client(settings.ELASTICSEARCH_URL)


def alias() -> str:
    """Return the name that questions go to; every database has its own."""
    name = str(connection.settings_dict["NAME"])
    return f"mitwirk-{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def mapping() -> dict[str, object]:
    """Return the mapping: pre-analysed tokens, so the server needs no German of its own."""
    text = {"type": "text", "analyzer": "whitespace"}
    return {
        "dynamic": "strict",
        "_meta": {"analyzer_fingerprint": fingerprint(), "schema": SCHEMA},
        "_source": {"excludes": [*_TOKENS, "title_fold"]},
        "properties": {
            **{name: {"type": "keyword"} for name in _KEYWORDS},
            **dict.fromkeys(_TOKENS, text),
            "title_fold": {**text, "index_prefixes": {"min_chars": 2, "max_chars": 8}},
            "object_id": {"type": "long"},
            "v": {"type": "long"},
            "visible": {"type": "boolean"},
            "published_at": {"type": "date"},
            "votes": {"type": "integer"},
        },
    }


def document(row: SearchDocument) -> dict[str, object]:
    """Return what the server is told of a row; of a tombstone only that it is one."""
    if not row.visible:
        return {"key": row.key, "v": row.version, "visible": False}
    plain = (
        "key",
        "kind",
        "object_id",
        "status",
        "category",
        "tags",
        "campaign",
        "district",
        "votes",
        "visible",
        "title_fold",
        *_TOKENS,
    )
    return {"v": row.version, "published_at": row.published_at, **{name: getattr(row, name) for name in plain}}


def targets() -> list[str]:
    """Return the indexes that are written to: the live one, and one being built. When there is none, one is begun."""
    names = _written()
    if not names or not client().indices.exists(index=",".join(names), allow_no_indices=False):
        with transaction.atomic():
            lock("search index")  # several workers may find nothing at the same moment
            if _written() == names:
                _known().delete()
                create()
        names = _written()
    return names


def _written() -> list[str]:
    states = [SearchIndex.State.LIVE, SearchIndex.State.BUILDING]
    return sorted(_known().filter(state__in=states).values_list("name", flat=True))


def unfinished() -> str:
    """Return the index that is being built while none is live, or nothing: the database answers until it is filled."""
    if _known().filter(state=SearchIndex.State.LIVE).exists():
        return ""
    building = _known().filter(state=SearchIndex.State.BUILDING).order_by("started_at").values_list("name", flat=True)
    return building.last() or ""


def create() -> str:
    """Make an index to be filled; every row is due to go there. It answers questions only after ``go_live``."""
    now = timezone.now()
    name = f"{alias()}-{fingerprint()}-{now:%Y%m%d%H%M%S%f}"
    shards = {"number_of_shards": 1, "number_of_replicas": 1, "gc_deletes": "1h", "refresh_interval": "1s"}
    client().options(request_timeout=30).indices.create(index=name, mappings=mapping(), settings={"index": shards})
    SearchIndex.objects.create(name=name, state=SearchIndex.State.BUILDING, fingerprint=fingerprint(), started_at=now)
    SearchDocument.objects.update(es_version=0, dirty_since=now, lease_until=None)
    return name


def go_live(name: str) -> list[str]:
    """Let an index answer questions instead of those before it, in one step; delete and return the others."""
    others = [index for index in client().indices.get(index=f"{alias()}-*").body if index != name]
    actions = [{"remove": {"index": index, "alias": alias(), "must_exist": False}} for index in others]
    client().options(request_timeout=30).indices.update_aliases(
        actions=[*actions, {"add": {"index": name, "alias": alias()}}]
    )
    _known().filter(name=name).update(state=SearchIndex.State.LIVE, finished_at=timezone.now())
    _known().exclude(name=name).delete()
    if others:
        client().options(request_timeout=30).indices.delete(index=",".join(others), ignore_unavailable=True)
    return others


def _known() -> QuerySet[SearchIndex]:
    return SearchIndex.objects.filter(name__startswith=f"{alias()}-")
