"""How the search is: for the terminal and for staff."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from search import elastic, ledger, repair
from search.backends import database_backend
from search.models import SearchDocument, SearchIndex

_SHOWN = 50
_LABELS = {
    SearchIndex.State.BUILDING: _("is being filled"),
    SearchIndex.State.LIVE: _("answers"),
    SearchIndex.State.DRAINING: _("kept for the way back"),
    SearchIndex.State.FAILED: _("given up"),
}


@dataclass
class Index:
    """An outside index."""

    name: str
    state: str
    label: str
    percent: int
    since: datetime | None
    trouble: str


@dataclass
class LeftAside:
    """A row in quarantine."""

    key: str
    reason: str
    since: datetime


@dataclass
class Status:
    """Everything there is to say."""

    backend: str
    degraded: bool
    trouble: str
    rows: int
    visible: int
    outstanding: int
    unbuilt: int
    lag: float
    left_aside: int
    quarantine: list[LeftAside] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    checked_at: datetime | None = None
    differences: int = 0
    first_differences: list[str] = field(default_factory=list)


def status() -> Status:
    """Return how the search is just now; asks the search server once, for half a second at most."""
    trouble = _trouble() if elastic.is_used() else ""
    uses = elastic.is_used() and not trouble
    check = repair.last_check()
    rows = SearchDocument.objects.all()
    left = ledger.quarantine().select_related("document").order_by("since")
    return Status(
        backend="elasticsearch" if uses else database_backend().name,
        degraded=bool(trouble),
        trouble=trouble,
        rows=rows.count(),
        visible=rows.filter(visible=True).count(),
        outstanding=ledger.waiting().count(),
        unbuilt=ledger.waiting().filter(built=False).count(),
        lag=ledger.lag_seconds(),
        left_aside=left.count(),
        quarantine=[LeftAside(one.document.key, one.last_error, one.since) for one in left[:_SHOWN]],
        indexes=_indexes(),
        checked_at=check.finished_at if check else None,
        differences=check.documents if check else 0,
        first_differences=check.last_error.splitlines() if check else [],
    )


def _trouble() -> str:
    """Return why the search server does not answer, or nothing."""
    try:
        health = elastic.patient(0.5).cluster.health(index=elastic.alias(), timeout="300ms")
    except elastic.failures() as error:
        return type(error).__name__ if elastic.is_live() else "no index answers yet"
    return "red" if health["status"] == "red" else ""


def _indexes() -> list[Index]:
    if not elastic.is_used():
        return []
    last = SearchDocument.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return [
        Index(
            one.name,
            one.state,
            str(_LABELS[SearchIndex.State(one.state)]),
            _percent(one, last),
            one.started_at,
            one.last_error,
        )
        for one in elastic.known().order_by("-started_at")
    ]


def _percent(index: SearchIndex, last: int) -> int:
    if index.state != SearchIndex.State.BUILDING:
        return 100
    return min(100, round(100 * index.cursor / last)) if last else 0
