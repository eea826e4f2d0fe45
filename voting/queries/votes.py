"""Votes as staff see them: state and results, never who voted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from common.database import now
from ideas.models import Phase
from voting.models import KeyDestroyed, Reopening, Result
from voting.queries.sealed import opened_after, reopenings


@dataclass(frozen=True)
class Count:
    """One result, and the reopening that followed it."""

    result: Result
    reopened: Reopening | None


@dataclass(frozen=True)
class VoteRow:
    """A vote: ``state`` is to_come, open, over (the seal is due) or sealed."""

    phase: Phase
    state: str
    counts: list[Count]
    has_key: bool

    @property
    def may_close(self) -> bool:
        return self.state in {"open", "over"}

    @property
    def may_reopen(self) -> bool:
        return self.state == "sealed" and self.has_key


def vote_rows(phases: Iterable[Phase]) -> list[VoteRow]:
    """Return the votes with their results, in four statements."""
    found, at = list(phases), now()
    numbers = [phase.pk for phase in found]
    results = Result.objects.filter(phase__in=numbers).select_related("sealed_by").order_by("pk")
    opened = reopenings(numbers)
    counts = [Count(result, opened_after(result, opened)) for result in results]
    gone = set(KeyDestroyed.objects.values_list("campaign_id", flat=True))
    return [
        VoteRow(
            phase=phase,
            state=state_of(phase, at),
            counts=[count for count in counts if count.result.phase_id == phase.pk],
            has_key=phase.campaign_id not in gone,
        )
        for phase in found
    ]


def state_of(phase: Phase, at: datetime) -> str:
    """Return where a vote stands at a moment."""
    if phase.sealed_at is not None:
        return "sealed"
    if at < phase.opens_at:
        return "to_come"
    return "open" if at < phase.closes_at else "over"
