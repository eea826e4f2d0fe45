"""Setting right what a comparison found, and remembering what it found."""

from collections import defaultdict
from collections.abc import Iterable

import structlog
from django.db import transaction
from django.utils import timezone

from search import ledger
from search.actions import BATCH, touch_many
from search.compare import Difference
from search.models import SearchDocument, SearchIndex
from search.sync import sync_if_possible
from search.verify import differences

log = structlog.get_logger()
CHECK = "verify"
_SHOWN = 20


def check(*, repair: bool = False) -> list[Difference]:
    """Compare everything, with ``repair`` set right what differs and compare again; return what is (still) wrong."""
    sync_if_possible()
    found = list(differences())
    if found and repair:
        log.warning("search index repaired", differences=len(found), first=found[:5])
        set_right(found)
        sync_if_possible()
        found = list(differences())
    _remember(found)
    return found


def set_right(found: Iterable[Difference]) -> None:
    """Build the rows anew and let them go out again, with a version above the one that the outside index has."""
    newest = {difference.key: difference.there or 0 for difference in found if difference.key}
    keys = sorted(newest)
    for start in range(0, len(keys), BATCH):
        _raise_versions({key: newest[key] for key in keys[start : start + BATCH]})
    ids = defaultdict(list)
    for key in keys:
        kind, _colon, number = key.partition(":")
        ids[kind].append(int(number))
    for kind, numbers in ids.items():
        touch_many(kind, numbers)


def _raise_versions(newest: dict[str, int]) -> None:
    """Give rows a version above any that may be outside, not built: what is touched next goes out in any case."""
    with transaction.atomic():
        SearchDocument.objects.bulk_create([_empty(key) for key in newest], ignore_conflicts=True)
        rows = list(SearchDocument.objects.select_for_update().filter(key__in=newest).order_by("key"))
        for row in rows:
            row.version = max(row.version, newest[row.key]) + 1
        SearchDocument.objects.bulk_update(rows, ["version"])
        ledger.note(rows, built=False)


def _empty(key: str) -> SearchDocument:
    kind, _colon, number = key.partition(":")
    return SearchDocument(key=key, kind=kind, object_id=int(number))


def _remember(found: list[Difference]) -> None:
    values = {"documents": len(found), "last_error": "\n".join(found[:_SHOWN]), "finished_at": timezone.now()}
    SearchIndex.objects.update_or_create(name=CHECK, defaults=values)


def last_check() -> SearchIndex | None:
    """Return the last comparison: when, how many differences, the first of them."""
    return SearchIndex.objects.filter(name=CHECK).first()
