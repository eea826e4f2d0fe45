"""Votes that carry a value – opinions, ratings of comments: how a row changes, and the events that say so.

A row is never deleted: taken back, its value is 0. So its version only goes up, one for each event, and no receipt
is ever the same as another.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet

from voting import voter_keys
from voting.actions.writing import to_hour
from voting.models import VoteEvent

Kind = VoteEvent.Kind
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Subject:
    """What was voted on, for the events: ``number`` is the idea's or the comment's."""

    kind: Kind
    campaign_id: int
    idea_id: int
    number: int
    phase_id: int | None = None

    def commitment(self, key: str, version: int) -> str:
        """Return the public half of the receipt; raises ``KeyGone`` without the campaign's secret."""
        proof = voter_keys.receipt(
            self.campaign_id, key, self.number, version, kind=self.kind.value, phase=self.phase_id or 0
        )
        return hashlib.sha256(proof.encode()).hexdigest()


@dataclass(frozen=True)
class Step:
    """A value before and after; 0 is none. ``version`` is that of the row before."""

    old: int
    new: int
    version: int

    @property
    def changes(self) -> list[tuple[int, int]]:
        """Return (value, +1 or −1) for each event, the one taken back first."""
        return [(value, by) for value, by in ((self.old, -1), (self.new, +1)) if value]


def move(rows: "QuerySet[Row]", value: int, **more: object) -> Step | None:
    """Bring the one row there may be to ``value``, held until the transaction ends; None when it has it already."""
    found = rows.select_for_update().values_list("pk", "value", "version").first()
    if found is None or found[1] == value:
        return None
    pk, old, version = found
    step = Step(old, value, version)
    rows.model._default_manager.filter(pk=pk).update(value=value, version=version + len(step.changes), **more)
    return step


def record(subject: Subject, key: str, step: Step, moment: datetime) -> None:
    """Keep what happened, to the hour: a change is the old value taken back and the new one given."""
    VoteEvent.objects.bulk_create(_events(subject, key, step, moment))


def _events(subject: Subject, key: str, step: Step, moment: datetime) -> Iterable[VoteEvent]:
    for number, (value, by) in enumerate(step.changes, start=1):
        yield VoteEvent(
            campaign_id=subject.campaign_id,
            idea_id=subject.idea_id,
            change=by,
            commitment=subject.commitment(key, step.version + number),
            hour=to_hour(moment),
            kind=subject.kind,
            phase_id=subject.phase_id,
            comment_id=subject.number if subject.kind == Kind.COMMENT else None,
            value=value,
        )
