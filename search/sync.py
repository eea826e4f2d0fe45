"""Bringing rows to Elasticsearch: read the version, then the row, write it only over older ones, then acknowledge.

A worker that dies in between, comes late or works twice does no harm: the server keeps the higher version, and a row
that changed meanwhile stays dirty because its version is no longer the one that was sent.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from elasticsearch.helpers import streaming_bulk

from search import elastic
from search.models import SearchDocument

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 5
_DONE = {200, 201, 409}  # 409: a newer one is there already
_LATER = {429, 503}


def sync(limit: int = 500, *, until_clean: bool = True) -> int:
    """Bring dirty rows to every index that is written to; return how many were brought."""
    if not elastic.is_used():
        return 0
    indexes, done = elastic.targets(), 0
    while rows := _claim(limit):
        brought = _bring(indexes, rows)
        done += brought
        if not until_clean or not brought:
            break
    if (name := elastic.unfinished()) and not _waiting().exists():
        _finish(name)
    return done


def sync_if_possible() -> None:
    """Do the same, but leave the rows dirty for the next time when the server cannot be reached."""
    try:
        sync()
    except elastic.FAILURES as error:
        log.warning("Elasticsearch cannot be reached", error=repr(error), lag=round(lag_seconds()))


def _waiting() -> QuerySet[SearchDocument]:
    """Return the rows that are still to be brought, without those left aside."""
    return SearchDocument.objects.filter(dirty_since__isnull=False, attempts__lt=MAX_ATTEMPTS)


def _claim(limit: int) -> list[SearchDocument]:
    """Take dirty rows that nobody else has, for a while."""
    now = timezone.now()
    free = _waiting().filter(Q(lease_until=None) | Q(lease_until__lt=now), built_version=F("version"))
    with transaction.atomic():
        keys = free.order_by("dirty_since").values_list("pk", flat=True)
        if connection.features.has_select_for_update_skip_locked:
            keys = keys.select_for_update(skip_locked=True)
        taken = list(keys[:limit])
        SearchDocument.objects.filter(pk__in=taken).update(lease_until=now + LEASE)
    return list(SearchDocument.objects.filter(pk__in=taken))


def _bring(indexes: Sequence[str], rows: Sequence[SearchDocument]) -> int:
    """Write rows to the indexes and acknowledge those that all of them have; return how many."""
    bad: dict[str, tuple[int, str]] = {}
    try:
        for ok, result in streaming_bulk(
            elastic.client().options(request_timeout=30),
            _operations(indexes, rows),
            chunk_size=500,
            max_chunk_bytes=10_000_000,
            raise_on_error=False,
        ):
            item = result["index"]
            if not ok and item["status"] not in _DONE:
                bad[item["_id"]] = (item["status"], str(item.get("error"))[:500])
    except Exception:
        SearchDocument.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=None)
        raise
    for row in rows:
        if row.key in bad:
            _refused(row, *bad[row.key])
    return acknowledge({row.key: row.version for row in rows if row.key not in bad})


def _operations(indexes: Sequence[str], rows: Iterable[SearchDocument]) -> Iterable[dict[str, object]]:
    for row in rows:
        for index in indexes:
            head = {
                "_op_type": "index",
                "_index": index,
                "_id": row.key,
                "version": row.version,
                "version_type": "external_gte",
            }
            yield {**head, "_source": elastic.document(row)}


def acknowledge(seen: dict[str, int]) -> int:
    """Note which version the server has; a row is clean only when it did not change since."""
    with connection.cursor() as cursor:
        cursor.executemany(
            """UPDATE search_document SET es_version = %s, lease_until = NULL, attempts = 0, last_error = '',
               dirty_since = CASE WHEN version = %s THEN NULL ELSE dirty_since END
               WHERE key = %s AND es_version <= %s""",
            [(version, version, key, version) for key, version in seen.items()],
        )
    return len(seen)


def _refused(row: SearchDocument, status: int, reason: str) -> None:
    """Keep a row dirty; one that the server will never take is left aside after a few attempts, with the reason."""
    attempts = F("attempts") if status in _LATER else F("attempts") + 1
    SearchDocument.objects.filter(pk=row.pk).update(lease_until=None, attempts=attempts, last_error=reason)
    log.error("search row refused", key=row.key, status=status, reason=reason)


def lag_seconds() -> float:
    """Return how long the oldest row has been waiting."""
    oldest = (
        SearchDocument.objects.filter(dirty_since__isnull=False)
        .order_by("dirty_since")
        .values_list("dirty_since", flat=True)
        .first()
    )
    return (timezone.now() - oldest).total_seconds() if oldest else 0.0


def rebuild_index() -> str:
    """Build a new index beside the live one, bring everything there, then let it answer; return its name."""
    name = elastic.create()
    sync()
    _finish(name)
    return name


def _finish(name: str) -> None:
    elastic.client().options(request_timeout=30).indices.refresh(index=name)
    elastic.go_live(name)
