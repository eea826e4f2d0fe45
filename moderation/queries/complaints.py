"""Complaints in numbers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from moderation.models import Complaint


@dataclass(frozen=True)
class Share:
    """How many complaints were decided, and how many of them changed the first decision."""

    decided: int
    overturned: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None when nothing was decided."""
        return 100 * self.overturned / self.decided if self.decided else None


def overturned_share(since: datetime, until: datetime, *, by_reporters: bool | None = None) -> Share:
    """Return the complaints decided from ``since`` (included) to ``until`` (not included).

    ``by_reporters``: only those of people who reported something (True), only those of authors (False), or both (None).
    """
    found = Complaint.objects.filter(decided_at__gte=since, decided_at__lt=until).exclude(
        outcome=Complaint.Outcome.OPEN
    )
    if by_reporters is not None:
        found = found.filter(report__isnull=not by_reporters)
    numbers = found.aggregate(
        decided=Count("pk"), overturned=Count("pk", filter=Q(outcome=Complaint.Outcome.OVERTURNED))
    )
    return Share(**numbers)
