"""The ledger of the search: what is outstanding, who is at it, what is done.

Same version, same content: whatever changes what a row says raises its version. So of two writes of one version it does
not matter which comes last, and an acknowledgement that names the version it means cannot hide a later change.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.models import SearchChange, SearchDocument
from search.models.ledger import MAX_ATTEMPTS

log = structlog.get_logger()

LEASE = timedelta(minutes=2)
BACK_OFF = timedelta(seconds=10)
NOT_SENT = ("title", "body", "scope", "source_id")  # the server gets tokens, not texts
_NOTED = ["version", "built", "hidden", "lease_until", "attempts", "last_error"]


def note(rows: Iterable[SearchDocument], *, built: bool = True) -> None:
    """Write down that rows, held by this transaction, have changed; who is at an older version holds them no longer."""
    now = timezone.now()
    entries = [
        SearchChange(document_id=row.pk, version=row.version, built=built, hidden=not row.visible, since=now)
        for row in rows
    ]
    SearchChange.objects.bulk_create(
        entries, update_conflicts=True, unique_fields=["document"], update_fields=_NOTED, batch_size=500
    )


def forget(rows: Iterable[SearchDocument]) -> None:
    """Take rows, held by this transaction, out of the ledger: there is no outside index to bring them to."""
    SearchChange.objects.filter(pk__in=[row.pk for row in rows]).delete()


def waiting() -> QuerySet[SearchChange]:
    """Return what is still to be done, without the quarantine."""
    return SearchChange.objects.filter(attempts__lt=MAX_ATTEMPTS)


def quarantine() -> QuerySet[SearchChange]:
    """Return what has failed too often and is left aside until somebody asks for it."""
    return SearchChange.objects.filter(attempts__gte=MAX_ATTEMPTS)


def claim(limit: int = 500, *, hidden: bool = False, ids: Sequence[int] = ()) -> list[SearchDocument]:
    """Take rows that nobody else has, for a while; ``hidden``: only those that must leave the outside index.

    A tombstone may go before it is built, because it says nothing; everything else is built first.
    """
    now = timezone.now()
    free = waiting().filter(Q(lease_until=None) | Q(lease_until__lt=now))
    free = free.filter(hidden=True) if hidden else free.filter(Q(built=True) | Q(hidden=True))
    if ids:
        free = free.filter(pk__in=ids)
    if not free.exists():  # an empty ledger must not cost a write lock each time
        return []
    with transaction.atomic():
        keys = free.order_by("since").values_list("pk", flat=True)
        if connection.features.has_select_for_update_skip_locked:
            keys = keys.select_for_update(skip_locked=True)
        taken = list(keys[:limit])
        SearchChange.objects.filter(pk__in=taken).update(lease_until=now + LEASE)
    # One statement for version and content. A row that changed since the claim and is not built yet waits for that.
    rows = SearchDocument.objects.filter(Q(built_version=F("version")) | Q(visible=False), pk__in=taken)
    return list(rows.defer(*NOT_SENT))


def acknowledge(rows: Sequence[SearchDocument]) -> int:
    """Take those entries away that still have the version that was brought; return how many of them are done.

    A tombstone that went ahead stays to be built, but is urgent no longer.
    """
    built = [row for row in rows if row.built_version == row.version]
    ahead = [row for row in rows if row.built_version != row.version]
    if ahead:
        _where_unchanged("UPDATE search_change SET hidden = FALSE, lease_until = NULL", ahead, "AND NOT built")
    return _where_unchanged("DELETE FROM search_change", built) if built else 0


def _where_unchanged(statement: str, rows: Sequence[SearchDocument], more: str = "") -> int:
    marks = ", ".join(["(%s, %s)"] * len(rows))
    pairs = [value for row in rows for value in (row.pk, row.version)]
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE (document_id, version) IN (VALUES {marks}) {more}", pairs)
        return int(cursor.rowcount)


def release(rows: Iterable[SearchDocument], *, until: datetime | None = None) -> None:
    """Give rows back undone, at once or from a moment on."""
    SearchChange.objects.filter(pk__in=[row.pk for row in rows]).update(lease_until=until)


def failed(document_id: int, reason: str) -> None:
    """Count a failure with its reason; after ``MAX_ATTEMPTS`` the row is in quarantine."""
    SearchChange.objects.filter(pk=document_id).update(
        lease_until=None, attempts=F("attempts") + 1, last_error=reason[:500]
    )
    log.error("search row failed", document=document_id, reason=reason[:500])


def retry_quarantine() -> int:
    """Let everything in quarantine be tried again; return how much that is."""
    return quarantine().update(attempts=0, lease_until=None)


def lag_seconds() -> float:
    """Return how long the oldest entry outside the quarantine has been waiting."""
    oldest = waiting().order_by("since").values_list("since", flat=True).first()
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0
