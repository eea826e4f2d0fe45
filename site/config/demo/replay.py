"""What happened in the town, in its order: every step runs the rooms' own actions at its own moment."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from common.database import replayed_at
from moderation.models import Case, CaseEvent, Complaint, Report

# Rows that the database dates itself; they get the moment of their step afterwards.
DATED = ((Case, "opened_at"), (CaseEvent, "happened_at"), (Report, "created_at"), (Complaint, "created_at"))


class History:
    """Steps to come; a step may add others that happen after it."""

    def __init__(self) -> None:
        self.steps: list[tuple[datetime, int, Callable[[], Any]]] = []
        self.last = {model: model._default_manager.aggregate(top=Max("pk"))["top"] or 0 for model, _field in DATED}

    def add(self, moment: datetime, step: Callable[[], Any]) -> None:
        """Let ``step`` happen at ``moment``; nothing happens in the future."""
        self.steps.append((min(moment, timezone.now()), len(self.steps), step))

    def run(self, tick: Callable[[], Any]) -> None:
        """Run all steps, oldest first."""
        for moment, _number, step in sorted(self.steps, key=lambda one: one[:2]):
            with replayed_at(moment):
                step()
            self.date_rows(moment)
            tick()

    def date_rows(self, moment: datetime) -> None:
        """Date what the step has added."""
        for model, field in DATED:
            new = model._default_manager.filter(pk__gt=self.last[model])
            if new.update(**{field: moment}):
                self.last[model] = model._default_manager.aggregate(top=Max("pk"))["top"]


def spread(count: int, start: datetime, end: datetime, random: Any, *, haste: float = 1.0) -> list[datetime]:
    """Return so many moments between two, in order; with more ``haste`` most of them lie near the start."""
    length = max((end - start).total_seconds(), 1)
    return sorted(start + (end - start) * min(random.random() ** haste, 1 - 1 / (length + 1)) for _each in range(count))


def awake(moments: Iterable[datetime], random: Any) -> list[datetime]:
    """Move what fell into the night to the morning after, but for a few; still in order."""
    return sorted(
        later(one, 7, random) if timezone.localtime(one).hour < 6 and random.random() > 0.06 else one for one in moments
    )


def later(moment: datetime, hours: int, random: Any) -> datetime:
    """Return a moment about so many hours later."""
    return moment + timedelta(hours=hours, minutes=random.randrange(55))
