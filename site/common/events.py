"""Call down, announce up: a room says what has happened; rooms above listen without being known.

``announce`` writes to the outbox inside the transaction of the change, so that neither can exist without the other.
Payloads are ids only; receivers are called at least once and must bear being called twice.
"""

import json
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from common.models import Delivery

Receiver = Callable[..., None]

receivers: dict[str, dict[str, Receiver]] = {}
due_jobs: dict[str, tuple[timedelta, Callable[[], None]]] = {}


def receives(*events: str) -> Callable[[Receiver], Receiver]:
    """Register a function for events; it is called with the ids of the announcement as keywords."""

    def register(function: Receiver) -> Receiver:
        name = f"{function.__module__}.{function.__name__}"
        for event in events:
            if receivers.setdefault(event, {}).setdefault(name, function) is not function:
                raise ValueError(f"{name} listens to {event} twice.")
        return function

    return register


def due(*, every: timedelta) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function that ``run_due`` calls when ``every`` has passed since the last time; it may run twice."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__name__}"
        if name in due_jobs:
            raise ValueError(f"{name} is registered twice.")
        due_jobs[name] = (every, function)
        return function

    return register


def announce(event: str, **ids: int | str) -> None:
    """Write down, in the running transaction, that ``event`` happened, once for each receiver.

    Raises ``TransactionManagementError`` outside a transaction: an announcement must not outlive its change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"announce({event!r}) needs the transaction of its change.")
    key = f"{event}:{json.dumps(ids, sort_keys=True)}"[:200]
    now = timezone.now()
    Delivery.objects.bulk_create(
        [Delivery(event=event, receiver=name, key=key, ids=ids, next_try=now) for name in receivers.get(event, {})],
        ignore_conflicts=True,
    )
