"""A new outside index without downtime: begun, filled beside the live one, compared, swapped in one step, kept for the way back.

While it is built, every change goes to both. It can be broken off anywhere: whoever comes next goes on where it stands.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from search import bring, elastic, ledger
from search.analysis import fingerprint
from search.compare import outside_differences, smoke
from search.models import SearchDocument, SearchIndex

log = structlog.get_logger()

State = SearchIndex.State
BATCH, KEPT, MOST_FAILURES = 1_000, timedelta(hours=1), 3
LOOKS, PAUSE = 4, 0.5
_SERVING = {"index": {"refresh_interval": "1s", "number_of_replicas": 1}}


class NotRight(Exception):
    """A filled index does not say what the table says; it does not go live."""


def begin() -> str:
    """Return the index that is being built; a new one when there is none, or only one of an older analyser."""
    building = elastic.known().filter(state=State.BUILDING)
    building.exclude(fingerprint=fingerprint()).update(state=State.FAILED)
    name = building.order_by("started_at").values_list("name", flat=True).last()
    return name or elastic.create()


def fill(name: str, progress: Callable[[int], object] | None = None, seconds: float = 1e9) -> bool:
    """Bring every row to an index from where it stands on; return whether all are there. ``progress`` hears how many."""
    end = time.monotonic() + seconds
    last = elastic.known().values_list("cursor", flat=True).get(name=name)
    while rows := list(SearchDocument.objects.filter(pk__gt=last).order_by("pk").defer(*ledger.NOT_SENT)[:BATCH]):
        # What is not built yet stands in the ledger and comes from there: half of it must not be written here.
        answer = bring.write([name], [row for row in rows if row.built_version == row.version])
        if answer.later or answer.lost:
            return False
        _not_taken([row for row in rows if row.key in answer.refused])
        last = rows[-1].pk
        elastic.known().filter(name=name, cursor__lt=last).update(cursor=last)
        if progress:
            progress(len(rows))
        if time.monotonic() > end:
            return False
    return True


def done(name: str) -> int:
    """Return how many rows an index that is being built has been brought so far."""
    cursor = elastic.known().values_list("cursor", flat=True).get(name=name)
    return SearchDocument.objects.filter(pk__lte=cursor).count() if cursor else 0


def _not_taken(rows: list[SearchDocument]) -> None:
    """Rows that the new index refuses go the way of all such: tried a few times, then left aside with the reason."""
    with transaction.atomic():
        held = SearchDocument.objects.select_for_update().filter(pk__in=[row.pk for row in rows]).order_by("key")
        ledger.note(row for row in held if row.built_version == row.version)


def finish(name: str) -> None:
    """Let a filled index answer, if it is right; raises ``NotRight`` with what is wrong."""
    elastic.patient().indices.put_settings(index=name, settings=_SERVING)
    wrong = ["not looked at"]
    for _look in range(LOOKS):  # while people write, an index is right only now and then
        bring.bring_all()
        elastic.patient().indices.refresh(index=name)
        wrong = [*outside_differences(name), *smoke(name)]
        if not wrong:
            swap(name)
            return
        time.sleep(PAUSE)
    _count_failure(name, wrong)
    raise NotRight(f"{len(wrong)} differences: {'; '.join(wrong[:5])}")


def _count_failure(name: str, wrong: list[str]) -> None:
    index = elastic.known().get(name=name)
    index.failures, index.last_error, index.cursor = index.failures + 1, "\n".join(wrong[:5])[:500], 0
    index.state = State.FAILED if index.failures >= MOST_FAILURES else index.state
    index.save()
    log.error("new search index is not right", name=name, wrong=wrong[:5])


def swap(name: str) -> None:
    """Let an index answer instead of the one before, in one step; that one is written on for an hour, for the way back."""
    before = answering()
    actions: list[dict[str, object]] = [
        {"remove": {"index": index, "alias": elastic.alias()}} for index in before if index != name
    ]
    elastic.patient().indices.update_aliases(actions=[*actions, {"add": {"index": name, "alias": elastic.alias()}}])
    settle_states(name)


def answering() -> list[str]:
    """Return the indexes that the alias leads to, by what the server says."""
    found = elastic.patient().options(ignore_status=404).indices.get_alias(name=elastic.alias())
    return [] if "error" in found.body else list(found.body)


def settle_states(name: str) -> None:
    """Note which index answers; the server's alias is the truth, this only what we know of it."""
    now = timezone.now()
    with transaction.atomic():
        elastic.known().filter(state=State.DRAINING).exclude(name=name).update(state=State.FAILED)
        elastic.known().filter(state=State.LIVE).exclude(name=name).update(state=State.DRAINING, finished_at=now)
        elastic.known().filter(name=name).update(state=State.LIVE, finished_at=now, last_error="", failures=0)


def rollback() -> str:
    """Let the index before answer again; return its name. Raises ``LookupError`` when it is kept no longer."""
    name = elastic.known().filter(state=State.DRAINING).values_list("name", flat=True).last()
    if not name:
        raise LookupError("There is no index to go back to.")
    swap(name)
    return name


def proceed(seconds: float = 120) -> None:
    """Go on with an index that is being built, or begin one where none answers; the worker calls this again and again."""
    building = elastic.known().filter(state=State.BUILDING).exists()
    if not building and elastic.is_live():
        return
    name = begin()
    if fill(name, seconds=seconds):
        try:
            finish(name)
        except NotRight as error:
            log.warning("search index not swapped", name=name, error=str(error)[:300])


def clean_up() -> list[str]:
    """Delete indexes that are of no use any more, and strike off those that are lost; return the names of the deleted."""
    there = set(elastic.patient().indices.get(index=f"{elastic.alias()}-*").body)
    for name in set(elastic.known().exclude(state=State.FAILED).values_list("name", flat=True)) - there:
        elastic.forget(name)
    for name in answering()[:1]:  # a swap that was not noted to its end
        if elastic.known().filter(name=name).exclude(state=State.LIVE).exists():
            settle_states(name)
    old = elastic.known().filter(state=State.DRAINING, finished_at__lt=timezone.now() - KEPT)
    useless = elastic.known().filter(state=State.FAILED) | old
    names = set(useless.values_list("name", flat=True)) - set(answering())
    for name in names:
        elastic.known().filter(name=name).delete()  # first, so that nothing is written there any more
        elastic.patient().options(ignore_status=404).indices.delete(index=name)
    return sorted(names)
