"""Who is trusted where, what became of modes, and how long a check takes at present."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.db.models import F, QuerySet

from common.database import now
from moderation.models import Case, ModeChange, Trust

if TYPE_CHECKING:
    from accounts.models import User

WINDOW = timedelta(days=30)
#: fewer decided cases say nothing about the next one
ENOUGH = 5
KEEP_SECONDS = 600


def is_trusted(person: "User", campaign_id: int, *, is_closed: bool = False) -> bool:
    """Tell whether the person's contributions to a campaign appear at once; trust everywhere leaves out closed groups."""
    places = [campaign_id] if is_closed else [campaign_id, Trust.EVERYWHERE]
    return Trust.objects.filter(person=person, ended_at=None, campaign_id_copy__in=places).exists()


@dataclass(frozen=True)
class Pace:
    """How long a check took in the last 30 days. ``median`` is None where too few were checked to say."""

    count: int
    median: timedelta | None


def pace(campaign_id: int, kind: str = "") -> Pace:
    """Return how long contributions to a campaign waited for their decision (at most ten minutes old)."""
    key, cache = (
        f"moderation:pace:{campaign_id}:{kind}",
        caches["fast"],
    )  # the other one is a table: a statement each time
    found = cache.get(key)
    if found is None:
        found = measured(campaign_id, kind)
        cache.set(key, found, KEEP_SECONDS)
    return Pace(found[0], found[1])


def measured(campaign_id: int, kind: str) -> tuple[int, timedelta | None]:
    """Return number and median of the cases of new and changed contributions decided in the last 30 days."""
    reasons = (Case.Reason.NEW, Case.Reason.CHANGE)
    rows = Case.objects.filter(
        campaign_id_copy=campaign_id, state=Case.State.DECIDED, decided_at__gte=now() - WINDOW, reason__in=reasons
    )
    rows = rows.filter(kind=kind) if kind else rows.exclude(kind__in=Case.OWN_PAGE)
    count = rows.count()
    if count < ENOUGH:
        return count, None
    waited = rows.annotate(took=F("decided_at") - F("opened_at")).order_by("took").values_list("took", flat=True)
    middle = list(waited[(count - 1) // 2 : count // 2 + 1])
    return count, max(sum(middle, timedelta(0)) / len(middle), timedelta(0))


def changes_of(campaign_id: int) -> QuerySet[ModeChange]:
    """Return when and why a campaign changed its mode, newest first."""
    return ModeChange.objects.filter(campaign_id_copy=campaign_id).select_related("actor")
