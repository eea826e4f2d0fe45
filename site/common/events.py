"""Call down, announce up: a room says what has happened; rooms above listen without being known.

``announce`` writes to the outbox inside the transaction of the change, so that neither can exist without the other.
Payloads are ids only; receivers are called at least once and must bear being called twice.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from common.models import Delivery

Receiver = Callable[..., None]

MOST_TRIES = 24
COLUMNS = ("event", "receiver", "key", "ids", "state", "attempts", "next_try", "created_at", "last_error")

receivers: dict[str, dict[str, Receiver]] = {}
most_tries: dict[str, int] = {}
#: receivers that tell people something
tellers: set[str] = set()
_held: ContextVar[datetime | None] = ContextVar("held", default=None)
due_jobs: dict[str, tuple[timedelta, Callable[[], None]]] = {}


def receives(*events: str, tries: int = MOST_TRIES, tells: bool = False) -> Callable[[Receiver], Receiver]:
    """Register a function for events; it is called with the ids of the announcement as keywords.

    ``tells``: people learn of it, so it waits where something can still be taken back (``held_until``).
    After ``tries`` failures (24: about 17 hours, 80: about three days) the delivery is left as a dead letter.
    """

    def register(function: Receiver) -> Receiver:
        name = f"{function.__module__}.{function.__name__}"
        most_tries[name] = tries
        if tells:
            tellers.add(name)
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


@contextmanager
def held_until(moment: datetime) -> Iterator[None]:
    """Let those who tell people (``tells``) learn only at ``moment`` of what is announced in here; all others at once.

    They have to ask then whether it is still true.
    """
    token = _held.set(moment)
    try:
        yield
    finally:
        _held.reset(token)


def announce(event: str, **ids: int | str) -> None:
    """Write down, in the running transaction, that ``event`` happened, once for each receiver.

    Raises ``TransactionManagementError`` outside a transaction: an announcement must not outlive its change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(f"announce({event!r}) needs the transaction of its change.")
    names, words = sorted(receivers.get(event, {})), json.dumps(ids, sort_keys=True)
    if names:
        _write(names, event, f"{event}:{words}", words)


def _write(names: list[str], event: str, key: str, words: str) -> None:
    """Add a waiting row per receiver; where an equal one waits already, hold it until this transaction ends.

    Holding is what makes joining safe: a dispatcher cannot take the waiting row – and read the state before this
    change – while this transaction is open. "DO NOTHING" would leave it free, and the news could be lost. (An update
    that touches no row still locks it.)
    """
    if len(key) > 200:
        key = f"{event[:60]}:{hashlib.sha256(key.encode()).hexdigest()}"
    adapt, at, held = connection.ops.adapt_datetimefield_value, timezone.now(), _held.get()
    first = {name: adapt(held if held and name in tellers else at) for name in names}
    rows = [(event, name, key, words, Delivery.State.WAITING.value, 0, first[name], adapt(at), "") for name in names]
    table, places = Delivery._meta.db_table, ", ".join(["(" + ", ".join(["%s"] * len(COLUMNS)) + ")"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(COLUMNS)}) VALUES {places} "  # noqa: S608 - names from the model
            "ON CONFLICT (receiver, key) WHERE state = 'waiting' DO UPDATE SET event = excluded.event WHERE FALSE",
            [value for row in rows for value in row],
        )
