"""Keeping the search table right: ``touch`` in the transaction of a change, ``sweep`` for what stayed behind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from common.events import announce
from search import elastic, ledger
from search.analysis import fingerprint
from search.attachments.keeping import keep
from search.documents import BUILT, fill, key_of, public_documents
from search.models import SearchChange, SearchDocument
from search.registry import builders
from search.spelling import count_words, learn_words, recount_words
from search.sync import push_hidden

log = structlog.get_logger()

BATCH = 500
_SAVED = (*BUILT, "version")


def touch(kind: str, *ids: int) -> None:
    """Say that objects have changed, in the transaction of the change and after saving; their rows are built at once.

    Raises ``TransactionManagementError`` outside a transaction: a row must not be newer than its object.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"touch({kind!r}) needs the transaction of its change.")
    texts = [text for some in _batches(sorted(set(ids))) for text in _touch(kind, some)]
    if texts:
        transaction.on_commit(lambda: learn_words(texts), robust=True)


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
    changes: dict[str, Any] = {"version": F("version") + 1} | ({"visible": False} if hide else {})
    with transaction.atomic(savepoint=False):
        rows = SearchDocument.objects.filter(campaign=campaign)
        number = rows.update(**changes)
        _note_campaign(campaign)
        announce("search_campaign_changed", campaign=campaign)  # so that the sweeper need not wait for its turn
        if hide and elastic.is_used():
            transaction.on_commit(push_hidden, robust=True)
    return number


def _note_campaign(campaign: str) -> None:
    """Put all rows of a campaign into the ledger, by one statement; they are ours since they were changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO search_change (document_id, version, built, hidden, since, lease_until, attempts, last_error)
               SELECT id, version, FALSE, NOT visible, %s, NULL, 0, '' FROM search_document WHERE campaign = %s
               ON CONFLICT (document_id) DO UPDATE SET version = excluded.version, built = FALSE,
               hidden = excluded.hidden, lease_until = NULL, attempts = 0, last_error = ''""",
            [connection.ops.adapt_datetimefield_value(timezone.now()), campaign],
        )


def _touch(kind: str, ids: Sequence[int], *, anew: bool = False) -> list[str]:
    keys = [key_of(kind, object_id) for object_id in ids]
    rows = _held(keys)
    if len(rows) < len(keys):
        known = {row.key for row in rows}
        new = [
            SearchDocument(key=key, kind=kind, object_id=pk)
            for key, pk in zip(keys, ids, strict=True)
            if key not in known
        ]
        SearchDocument.objects.bulk_create(new, ignore_conflicts=True)
        # All again, not only the new: a row that another has committed meanwhile is known, but not yet ours.
        rows = _held(keys)
    return _build(kind, rows, anew=anew)


def _held(keys: Sequence[str]) -> list[SearchDocument]:
    """Return rows that from here on are ours until the transaction ends."""
    return list(SearchDocument.objects.select_for_update().filter(key__in=keys).order_by("key"))


def _build(kind: str, rows: Sequence[SearchDocument], *, anew: bool = False) -> list[str]:
    """Build rows of one kind, held by us, from their objects as they are now; return the texts that have new words.

    Whatever changes what a row says raises its version: see ``search/ledger.py``. ``anew``: analyse texts that are the
    same as before, too.
    """
    docs = public_documents(kind, [row.object_id for row in rows])
    files = keep(kind, rows, docs)
    before = [(row, row.visible, _content(row)) for row in rows]
    texts = []
    for row in rows:
        row.fingerprint = "" if anew else row.fingerprint
        if fill(row, docs.get(row.object_id), files.get(row.object_id)) and row.visible:
            texts.append(f"{row.title} {row.body}")
    changed = [row for row, _visible, content in before if _content(row) != content or not row.version]
    for row in changed:
        row.version = row.built_version = row.version + 1
    _save(changed)
    _bring_later(rows, changed)
    appeared = [row.object_id for row, visible, _content in before if row.visible and not visible]
    if appeared:
        announce("search_appeared", kind=kind, ids=",".join(map(str, appeared)))
    if elastic.is_used() and (gone := [row.pk for row, visible, _content in before if visible and not row.visible]):
        transaction.on_commit(lambda: push_hidden(gone), robust=True)
    return texts


def _content(row: SearchDocument) -> list[Any]:
    return [getattr(row, name) for name in BUILT] + [row.version]


def _save(rows: Sequence[SearchDocument]) -> None:
    """Write rows that we hold, by one prepared statement: many times faster than an ORM statement for each batch."""
    fields = [field for field in SearchDocument._meta.concrete_fields if field.name in _SAVED]
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] + [row.pk] for row in rows
    ]
    columns = ", ".join(f"{field.column} = %s" for field in fields)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE search_document SET {columns} WHERE id = %s", values)  # noqa: S608 - names of our own columns


def _bring_later(rows: Sequence[SearchDocument], changed: Sequence[SearchDocument]) -> None:
    """Without an outside index a built row is done; with one, what changed waits in the ledger until that has it."""
    if not elastic.is_used():
        ledger.forget(rows)
        return
    ledger.note(changed)
    for row in changed[:1]:  # whoever hears of one brings all that wait
        announce("search_row_changed", key=row.key)


def sweep(limit: int = 5_000) -> int:
    """Build rows that are out of date (after a campaign changed, or built by an older analyser); return how many."""
    done = 0
    while done < limit:
        some = list(_stale().values_list("kind", "object_id")[:BATCH])
        if not some:
            break
        kind = some[0][0]
        done += _sweep_some(kind, [object_id for its_kind, object_id in some if its_kind == kind])
    return done


def _stale() -> QuerySet[SearchDocument]:
    unbuilt = ledger.waiting().filter(built=False)
    if unbuilt.exists():
        return SearchDocument.objects.filter(pk__in=unbuilt.values("pk")).order_by("kind", "object_id")
    older = Q(fingerprint__lt=fingerprint()) | Q(fingerprint__gt=fingerprint())  # so that the index is used
    aside = ledger.quarantine().values("pk")
    return SearchDocument.objects.filter(older).exclude(pk__in=aside).order_by("kind", "object_id")


def _sweep_some(kind: str, ids: Sequence[int]) -> int:
    """Build rows together; when that fails, one by one, so that one broken object holds up no other."""
    keys = [key_of(kind, object_id) for object_id in ids]
    try:
        with transaction.atomic():
            rows = _held(keys)
            _build(kind, rows)
    except Exception as error:
        if len(keys) > 1:
            return sum(_sweep_some(kind, [object_id]) for object_id in ids)
        log.error("search row could not be built", key=keys[0], error=repr(error))
        _set_aside(keys[0], repr(error))
    return len(ids)


def _set_aside(key: str, reason: str) -> None:
    with transaction.atomic():
        rows = _held([key])
        if not SearchChange.objects.filter(document__key=key).exists():
            ledger.note(rows, built=False)
        for row in rows:
            ledger.failed(row.pk, reason)


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
    """Build every row anew from its object, and make tombstones of rows whose object is gone; return how many rows.

    Rows that come out as they were are left alone, so it can be done at any time, and again after it was broken off.
    """
    done = 0
    for kind, ids in _everything():
        for some in _batches(ids):
            with transaction.atomic():
                _touch(kind, some, anew=True)
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
