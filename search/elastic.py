"""The index in Elasticsearch: its address, its names, its mapping. Core features only, so that any cluster will do."""

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from search.analysis import fingerprint
from search.models import SearchDocument, SearchIndex

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

SCHEMA = 1
PATIENCE = 1.5  # seconds that one question has in all; the database needs the rest of the two that people wait
_KEYWORDS = ("key", "kind", "status", "category", "tags", "campaign", "district")
_TOKENS = ("title_terms", "title_parts", "body_terms", "body_parts")


def failures() -> tuple[type[Exception], type[Exception]]:
    """Return what the client raises when the server does not answer, or refuses."""
    from elastic_transport import TransportError
    from elasticsearch import ApiError

    return TransportError, ApiError


def refusals() -> tuple[type[Exception], ...]:
    """Return what the client raises when the server is well, but will not have this one question."""
    from elasticsearch import BadRequestError

    return (BadRequestError,)


def is_used() -> bool:
    """Tell whether this installation has an Elasticsearch server."""
    return bool(settings.ELASTICSEARCH_URL)


@lru_cache(maxsize=4)
def _client(url: str) -> "Elasticsearch":
    from elasticsearch import Elasticsearch

    return Elasticsearch(url, request_timeout=PATIENCE, max_retries=0, retry_on_timeout=False, http_compress=True)


def client() -> "Elasticsearch":
    """Return the client for questions: it gives up soon and never tries twice."""
    return _client(settings.ELASTICSEARCH_URL)


def patient(seconds: float = 30) -> "Elasticsearch":
    """Return the client for work that nobody waits for."""
    return client().options(request_timeout=seconds)


def alias() -> str:
    """Return the name that questions go to; every database has its own, or the one that the settings say."""
    if settings.ELASTICSEARCH_INDEX:
        return str(settings.ELASTICSEARCH_INDEX)
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


def known() -> QuerySet[SearchIndex]:
    """Return what this database knows of its outside indexes."""
    return SearchIndex.objects.filter(name__startswith=f"{alias()}-")


def written() -> list[str]:
    """Return the indexes that every change goes to: the live one, one being built, and the one that may come back."""
    states = [SearchIndex.State.LIVE, SearchIndex.State.BUILDING, SearchIndex.State.DRAINING]
    return sorted(known().filter(state__in=states).values_list("name", flat=True))


def is_live() -> bool:
    """Tell whether an index answers questions at all; before the first one is filled, the database does."""
    return known().filter(state=SearchIndex.State.LIVE).exists()


def write_name(index: str) -> str:
    """Return the name under which an index is written: with it, a lost index is an error and not made up by the server."""
    return f"{index}-w"


def create() -> str:
    """Make an index to be filled; from now on every change goes there, too. It answers only after ``reindex.swap``."""
    now = timezone.now()
    name = f"{alias()}-{fingerprint()}-{now:%Y%m%d%H%M%S%f}"
    settings_ = {"number_of_shards": 1, "number_of_replicas": 0, "gc_deletes": "1h", "refresh_interval": "-1"}
    patient().indices.create(
        index=name, mappings=mapping(), settings={"index": settings_}, aliases={write_name(name): {}}
    )
    SearchIndex.objects.create(name=name, state=SearchIndex.State.BUILDING, fingerprint=fingerprint(), started_at=now)
    return name


def forget(name: str) -> None:
    """Strike an index that the server does not have any more off the list."""
    known().filter(name=name).delete()
