"""Bringing rows to Elasticsearch: claim, read version and content at once, write only over older ones, acknowledge.

A worker that dies in between, comes late or works twice does no harm: the server keeps the higher version, and a row
that changed meanwhile stays in the ledger because its version is no longer the one that was brought.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from search import elastic, ledger
from search.models import SearchDocument, SearchIndex

_DONE = {200, 201, 409}  # 409: a newer one is there already
_LATER = {429, 502, 503, 504}


@dataclass
class Answer:
    """What the server said: keys that it will not have (with the reason), keys for later, indexes that it lost."""

    refused: dict[str, str] = field(default_factory=dict)
    later: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    spoilt: dict[str, str] = field(default_factory=dict)


def bring_all(*, limit: int = 1_000, seconds: float = 200, once: bool = False) -> int:
    """Bring what waits to every index that is written to, tombstones first; return how many rows were brought.

    Ends when nothing is left, when nothing goes forward, or after ``seconds``. Raises what the client raises when the
    server does not answer; everything then stays in the ledger.
    """
    done, end = 0, time.monotonic() + seconds
    while rows := _next(limit):
        is_backlog = len(rows) == limit and not once
        brought = _bring_backlog(rows, limit, end) if is_backlog else bring(rows)
        done += brought
        if once or not brought or time.monotonic() > end:
            break
    return done


def _next(limit: int) -> list[SearchDocument]:
    return ledger.claim(limit, hidden=True) or ledger.claim(limit)


def _bring_backlog(rows: list[SearchDocument], limit: int, end: float) -> int:
    """Bring batch after batch; while the server works on one, the next is claimed and read."""
    done, held = 0, [rows]
    with ThreadPoolExecutor(1) as sender:
        try:
            flying: tuple[list[str], Future[Answer]] | None = _send(sender, rows)
            while flying:
                following = None
                if time.monotonic() < end and (rows := _next(limit)):
                    held.append(rows)
                    following = _send(sender, rows)
                brought = settle(flying[0], held[0], flying[1].result())
                held.pop(0)
                done += brought
                end = end if brought else 0  # nothing goes forward: only what is on its way yet
                flying = following
        except BaseException:
            for some in held:
                ledger.release(some)
            raise
    return done


def _send(sender: ThreadPoolExecutor, rows: list[SearchDocument]) -> "tuple[list[str], Future[Answer]]":
    """Begin to write rows; the database is asked here, so that the sending thread needs none."""
    indexes = elastic.written() or [elastic.create()]
    return indexes, sender.submit(write, indexes, rows)


def bring(rows: Sequence[SearchDocument], *, patience: float = 30) -> int:
    """Bring claimed rows and acknowledge those that every index has; return how many those are."""
    try:
        indexes = elastic.written() or [elastic.create()]
        answer = write(indexes, rows, patience=patience)
    except BaseException:
        ledger.release(rows)
        raise
    return settle(indexes, rows, answer)


def write(indexes: Sequence[str], rows: Iterable[SearchDocument], *, patience: float = 30) -> Answer:
    """Write rows to indexes, over older versions only, and read what the server says of each."""
    from elasticsearch.helpers import streaming_bulk

    answer = Answer()
    for ok, result in streaming_bulk(
        elastic.patient(patience),
        _operations(indexes, rows),
        chunk_size=500,
        max_chunk_bytes=10_000_000,
        raise_on_error=False,
        require_alias=True,
    ):
        if not ok:
            _read(answer, result["index"])
    return answer


def _operations(indexes: Sequence[str], rows: Iterable[SearchDocument]) -> Iterator[dict[str, object]]:
    names = [elastic.write_name(index) for index in indexes]
    for row in rows:
        document = elastic.document(row)
        head = {"_op_type": "index", "_id": row.key, "version": row.version, "version_type": "external_gte"}
        yield from ({**head, "_index": name, "_source": document} for name in names)


def _read(answer: Answer, item: dict[str, object]) -> None:
    key, status, error = str(item["_id"]), item["status"], str(item.get("error"))[:500]
    index = str(item["_index"]).removesuffix("-w")
    if status in _DONE:
        return
    if status == 404:
        answer.lost.add(index)
    elif status in _LATER:
        answer.later.add(key)
    else:
        answer.refused[key] = error
        answer.spoilt[index] = error


def settle(indexes: Sequence[str], rows: Sequence[SearchDocument], answer: Answer) -> int:
    """Acknowledge what all indexes have; the rest goes back into the ledger, in quarantine when it fails too often."""
    _give_up_old(answer)
    for name in answer.lost:
        elastic.forget(name)
    with transaction.atomic():
        # An index that was begun after these rows were sent does not have them: they go once more.
        if answer.lost or set(elastic.written()) - set(indexes):
            ledger.release(rows)
            return 0
        undone = answer.later | set(answer.refused)
        done = [row for row in rows if row.key not in undone]
        ledger.acknowledge(done)
        later = [row for row in rows if row.key in answer.later]
        ledger.release(later, until=timezone.now() + timedelta(seconds=ledger.BACK_OFF.total_seconds()))
        for row in rows:
            if row.key in answer.refused and row.key not in answer.later:
                ledger.failed(row.pk, answer.refused[row.key])
    return len(done)


def _give_up_old(answer: Answer) -> None:
    """An index kept for the way back that refuses what the live one takes is of no use any more, and stops nothing."""
    draining = set(elastic.known().filter(state=SearchIndex.State.DRAINING).values_list("name", flat=True))
    old = draining & set(answer.spoilt)
    if old and not set(answer.spoilt) - old:
        for name in old:
            elastic.known().filter(name=name).update(
                state=SearchIndex.State.FAILED, last_error=answer.spoilt[name][:500]
            )
        answer.refused.clear()
