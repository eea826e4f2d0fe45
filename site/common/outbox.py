"""Delivering the outbox: take what is due, call the receiver, forget it; on failure wait longer each time, then give up visibly."""

import random
import time
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from common.database import is_postgres
from common.events import MOST_TRIES, most_tries, receivers
from common.models import Delivery

log = structlog.get_logger()

# A taken row belongs to its taker for this long; a receiver must be done by then (mail servers get 10 s per step).
LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)


def due_now() -> QuerySet[Delivery]:
    """Return what waits for its time no longer, and what was taken by a process that died."""
    rows = Delivery.objects.filter(next_try__lte=timezone.now()).exclude(state=Delivery.State.DEAD)
    return rows.order_by("next_try", "pk")


def take(limit: int = 20) -> list[Delivery]:
    """Take up to ``limit`` due deliveries for this process; they come back by themselves if it dies (after ``LEASE``).

    The end of the lease is also its token: whoever takes the row later sets another one, and the former holder's
    words about the row count no more.
    """
    if not due_now().exists():  # an empty outbox must not cost a write lock each second
        return []
    with transaction.atomic():
        rows = due_now()
        if is_postgres():
            rows = rows.select_for_update(skip_locked=True)
        taken = list(rows[:limit])
        lease = timezone.now() + LEASE
        Delivery.objects.filter(pk__in=[row.pk for row in taken]).update(state=Delivery.State.RUNNING, next_try=lease)
    for row in taken:
        row.next_try = lease
    return taken


def held(row: Delivery) -> QuerySet[Delivery]:
    """Return the row as long as it is still this process's."""
    return Delivery.objects.filter(pk=row.pk, state=Delivery.State.RUNNING, next_try=row.next_try)


def begin(row: Delivery) -> bool:
    """Count the try and lengthen the lease; return False if the row went to another process meanwhile.

    Only begun tries count: rows that wait behind one that kills its process keep theirs.
    """
    lease = timezone.now() + LEASE
    if not held(row).update(next_try=lease, attempts=F("attempts") + 1):
        return False
    row.next_try, row.attempts = lease, row.attempts + 1
    return True


def deliver(row: Delivery) -> bool:
    """Call the receiver of one taken delivery; return whether it went well. Nothing happens if the lease went to another."""
    if not begin(row):
        return False
    try:
        if row.attempts > limit_of(row):
            raise RuntimeError(row.last_error or "The process ended in the middle of each try.")
        # KeyError for a receiver this version does not know: another one may, so the row stays.
        receivers[row.event][row.receiver](**row.ids)
    except Exception as error:  # a receiver may fail in any way; the others must go on
        log.warning("delivery failed", event_name=row.event, receiver=row.receiver, error=repr(error))
        put_back(row, repr(error))
        return False
    held(row).delete()
    return True


def limit_of(row: Delivery) -> int:
    """Return how often this delivery is tried."""
    return most_tries.get(row.receiver, MOST_TRIES)


def put_back(row: Delivery, error: str) -> None:
    """Let a failed delivery wait (10 s · 2ⁿ ± 50 %, at most an hour), or leave it as a dead letter after its last try."""
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(row.attempts - 1, 10)) * random.uniform(0.5, 1.5)  # noqa: S311
    state = Delivery.State.DEAD if row.attempts >= limit_of(row) else Delivery.State.WAITING
    values = {"state": state, "next_try": timezone.now() + wait, "last_error": error[:2000].replace("\x00", "")}
    try:
        with transaction.atomic():
            held(row).update(**values)
    except IntegrityError:  # newer, equal news waits already: it does the same work and goes on with our count
        with transaction.atomic():
            waiting = Delivery.objects.filter(receiver=row.receiver, key=row.key, state=Delivery.State.WAITING)
            waiting.update(attempts=row.attempts, next_try=values["next_try"], last_error=values["last_error"])
            held(row).delete()


def give_back(rows: list[Delivery]) -> None:
    """Put taken but untouched deliveries back at once."""
    for row in rows:
        try:
            with transaction.atomic():
                held(row).update(state=Delivery.State.WAITING, next_try=timezone.now())
        except IntegrityError:
            held(row).delete()


def run(limit: int = 20) -> int:
    """Deliver one batch; return how many deliveries were taken."""
    rows = take(limit)
    for place, row in enumerate(rows):
        try:
            deliver(row)
        except BaseException:  # told to stop in the middle: what was not begun goes back at once
            give_back(rows[place + 1 :])
            raise
    return len(rows)


def drain(*, seconds: float = 3600) -> int:
    """Deliver until nothing is due any more, or the time is up; return how many deliveries were taken."""
    total, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        taken = run()
        if not taken:
            break
        total += taken
    return total


def try_again(rows: QuerySet[Delivery]) -> int:
    """Let dead letters wait for delivery once more, with all tries before them; return how many."""
    count = 0
    for row in rows.filter(state=Delivery.State.DEAD):
        dead = Delivery.objects.filter(pk=row.pk, state=Delivery.State.DEAD)
        try:
            with transaction.atomic():
                count += dead.update(state=Delivery.State.WAITING, attempts=0, next_try=timezone.now())
        except IntegrityError:  # the same news waits already
            count += dead.delete()[0]
    return count
