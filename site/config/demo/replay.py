"""What happened in the town, in its order: every step runs the rooms' own actions at its own moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Max, Model
from django.utils import timezone

from common.database import replayed_at
from common.events import receivers
from common.models import Delivery
from moderation.models import Case, CaseEvent, Complaint, Report
from notifications.models import Message

# Rows that the database dates itself; they get the moment of their step afterwards.
DATED = (
    (Case, "opened_at"),
    (CaseEvent, "happened_at"),
    (Report, "created_at"),
    (Complaint, "created_at"),
    (Message, "created_at"),
)
TELLS = "notifications."


@dataclass(frozen=True, order=True)
class Step:
    """Something that happens. ``told``: people get messages about it. ``quiet``: it leaves no rows to be dated."""

    moment: datetime
    number: int
    act: Callable[[], Any] = field(compare=False)
    told: bool = field(compare=False, default=False)
    quiet: bool = field(compare=False, default=False)


class History:
    """All steps, collected first and then run in their order."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.last = {model: top_of(model) for model, _field in DATED}

    def add(self, moment: datetime, act: Callable[[], Any], *, told: bool = False, quiet: bool = False) -> None:
        """Let ``act`` happen at ``moment``; nothing happens in the future."""
        self.steps.append(Step(min(moment, timezone.now()), len(self.steps), act, told, quiet))

    def run(self, tick: Callable[[], Any]) -> None:
        """Run all steps, oldest first."""
        for step in sorted(self.steps):
            announced = top_of(Delivery) if step.told else 0
            with replayed_at(step.moment):
                step.act()
            if step.told:
                tell(since=announced)
            if not step.quiet:
                self.date_rows(step.moment)
            tick()
        settle_messages()

    def date_rows(self, moment: datetime) -> None:
        """Date what the step has added."""
        for model, name in DATED:
            if model._default_manager.filter(pk__gt=self.last[model]).update(**{name: moment}):
                self.last[model] = top_of(model)


def top_of(model: type[Model]) -> int:
    """Return the highest number in use."""
    return model._default_manager.aggregate(top=Max("pk"))["top"] or 0


def tell(*, since: int) -> None:
    """Let the room of messages hear what a step has announced."""
    for row in Delivery.objects.filter(pk__gt=since, receiver__startswith=TELLS).order_by("pk"):
        receivers[row.event][row.receiver](**row.ids)


def settle_messages() -> None:
    """No mail goes out about the past, and what is some days old has been read."""
    Message.objects.update(mail_due=False)
    old = Message.objects.filter(created_at__lt=timezone.now() - timedelta(days=4))
    old.update(read_at=F("created_at") + timedelta(hours=9))


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
