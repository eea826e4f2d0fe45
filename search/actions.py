"""Keeping the search table right: ``touch`` in the transaction of a change, ``sweep`` for what stayed behind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from common.events import announce
from search import elastic
from search.analysis import fingerprint
from search.documents import BUILT, fill, key_of, public_documents
from search.models import SearchDocument
from search.registry import builders
from search.spelling import count_words, learn_words, recount_words

log = structlog.get_logger()

BATCH = 500
MAX_ATTEMPTS = 5
_SAVED = (*BUILT, "es_version", "dirty_since", "attempts", "last_error")


def touch(kind: str, *ids: int) -> None:
    """Say that objects have changed, in the transaction of the change and after saving; their rows are built at once.

    Raises ``TransactionManagementError`` outside a transaction: a row must not be newer than its object.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"touch({kind!r}) needs the transaction of its change.")
    texts = [text for some in _batches(sorted(set(ids))) for text in _touch(kind, some)]
    if elastic.is_used():
        for object_id in set(ids):
            announce("search_row_changed", key=key_of(kind, object_id))
    if texts:
        transaction.on_commit(partial(learn_words, texts), robust=True)


def touch_many(kind: str, ids: Iterable[int], progress: Callable[[int], object] | None = None) -> None:
    """Do the same for many objects (an import, a rebuild), a transaction each batch; ``progress`` hears how many."""
    wanted = sorted(set(ids))
    for some in _batches(wanted):
        with transaction.atomic():
            texts = _touch(kind, some)
        learn_words(texts)
        if progress:
            progress(len(some))
    recount_words()


def touch_campaign(campaign: str, *, hide: bool = False) -> int:
    """Say that a campaign has changed, by one statement for all its rows; ``sweep`` builds them. Return how many.

    With ``hide`` they leave the index at once; without, hydration decides what is shown until they are built.
    """
    changes: dict[str, Any] = {
        "version": F("version") + 1,
        "dirty_since": Coalesce("dirty_since", Value(timezone.now())),
    }
    if hide:
        changes["visible"] = False
    if transaction.get_connection().in_atomic_block:
        announce("search_campaign_changed", campaign=campaign)  # so that the sweeper need not wait for its turn
    return SearchDocument.objects.filter(campaign=campaign).update(**changes)


def _touch(kind: str, ids: Sequence[int]) -> list[str]:
    keys = [key_of(kind, object_id) for object_id in ids]
    if _mark(keys) < len(keys):
        known = set(SearchDocument.objects.filter(key__in=keys).values_list("key", flat=True))
        new = [
            SearchDocument(key=key, kind=kind, object_id=pk)
            for key, pk in zip(keys, ids, strict=True)
            if key not in known
        ]
        SearchDocument.objects.bulk_create(new, ignore_conflicts=True)
        # All again, not only the new: a row that another has committed since the first count is known, but not yet ours.
        _mark(keys)
    return _build(kind, SearchDocument.objects.filter(key__in=keys))


def _mark(keys: Sequence[str]) -> int:
    """Count the change; from here on the rows are ours until the transaction ends."""
    changed = {"version": F("version") + 1, "dirty_since": Coalesce("dirty_since", Value(timezone.now()))}
    return SearchDocument.objects.filter(key__in=keys).update(**changed, attempts=0, last_error="")


def _build(kind: str, rows: Iterable[SearchDocument]) -> list[str]:
    """Build rows of one kind from their objects as they are now; return the texts that have new words."""
    rows = list(rows)
    docs = public_documents(kind, [row.object_id for row in rows])
    texts = []
    for row in rows:
        if fill(row, docs.get(row.object_id)) and row.visible:
            texts.append(f"{row.title} {row.body}")
        _acknowledge(row)
    _save(rows)
    return texts


def _save(rows: Sequence[SearchDocument]) -> None:
    """Write rows that we hold, by one prepared statement: many times faster than an ORM statement for each batch."""
    fields = [field for field in SearchDocument._meta.concrete_fields if field.name in _SAVED]
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] + [row.pk] for row in rows
    ]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE search_document SET {columns} WHERE id = %s", values)  # noqa: S608 - names of our own columns


def _acknowledge(row: SearchDocument) -> None:
    """Without an outside index a built row is done; with one it stays dirty until that has it."""
    row.attempts, row.last_error = 0, ""
    if not elastic.is_used():
        row.es_version, row.dirty_since = 0, None


def sweep(limit: int = 5_000) -> int:
    """Build rows that are out of date (after a campaign changed, or built by an older analyser); return how many."""
    done = 0
    stale = SearchDocument.objects.exclude(built_version=F("version"), fingerprint=fingerprint()).filter(
        attempts__lt=MAX_ATTEMPTS
    )
    while done < limit:
        some = list(stale.order_by("kind", "object_id").values_list("kind", "object_id")[:BATCH])
        if not some:
            break
        kind = some[0][0]
        done += _sweep_some(kind, [object_id for its_kind, object_id in some if its_kind == kind])
    return done


def _sweep_some(kind: str, ids: Sequence[int]) -> int:
    """Build rows together; when that fails, one by one, so that one broken object holds up no other."""
    keys = [key_of(kind, object_id) for object_id in ids]
    try:
        with transaction.atomic():
            _build(kind, SearchDocument.objects.select_for_update().filter(key__in=keys).order_by("key"))
    except Exception as error:
        if len(keys) > 1:
            return sum(_sweep_some(kind, [object_id]) for object_id in ids)
        log.error("search row could not be built", key=keys[0], error=repr(error))
        SearchDocument.objects.filter(key=keys[0]).update(attempts=F("attempts") + 1, last_error=repr(error)[:500])
    return len(ids)


def add_missing() -> int:
    """Build the rows of everything public that has none, or a tombstone (a campaign that came back); return how many."""
    done = 0
    for builder in builders():
        rows = SearchDocument.objects.filter(kind=builder.kind, visible=True)
        known = set(rows.values_list("object_id", flat=True))
        missing = [object_id for object_id in builder.visible_pks() if object_id not in known]
        for some in _batches(missing):
            with transaction.atomic():
                texts = _touch(builder.kind, some)
            learn_words(texts)
        done += len(missing)
    return done


def rebuild(progress: Callable[[int], object] | None = None) -> int:
    """Build every row anew from its object, and make tombstones of rows whose object is gone; return how many rows."""
    done = 0
    for kind, ids in _everything():
        for some in _batches(ids):
            with transaction.atomic():
                SearchDocument.objects.filter(key__in=[key_of(kind, object_id) for object_id in some]).update(
                    fingerprint=""
                )
                _touch(kind, some)
            done += len(some)
            if progress:
                progress(len(some))
    count_words()
    return done


def rebuild_size() -> int:
    """Return how many rows ``rebuild`` will build."""
    return sum(len(ids) for _kind, ids in _everything())


def _everything() -> Iterator[tuple[str, list[int]]]:
    """Yield each kind with the ids of all its public objects and of all its rows, also of kinds that are no more."""
    kinds = {builder.kind: builder for builder in builders()}
    rows = SearchDocument.objects.order_by()
    for kind in sorted({*kinds, *rows.values_list("kind", flat=True).distinct()}):
        public = kinds[kind].visible_pks() if kind in kinds else ()
        yield kind, sorted({*rows.filter(kind=kind).values_list("object_id", flat=True), *public})


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
