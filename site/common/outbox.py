"""Delivering the outbox: take what is due, call the receiver, forget it; on failure wait longer each time, then give up visibly."""

import random
from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from common.database import is_postgres
from common.events import receivers
from common.models import Delivery

log = structlog.get_logger()

LEASE = timedelta(minutes=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
MOST_ATTEMPTS = 24


def take(limit: int = 50) -> list[Delivery]:
    """Take up to ``limit`` due deliveries for this process; they come back by themselves if it dies (after a minute)."""
    with transaction.atomic():
        now = timezone.now()
        rows = Delivery.objects.filter(next_try__lte=now).exclude(state=Delivery.State.DEAD).order_by("next_try", "pk")
        if is_postgres():
            rows = rows.select_for_update(skip_locked=True)
        taken = list(rows[:limit])
        Delivery.objects.filter(pk__in=[row.pk for row in taken]).update(
            state=Delivery.State.RUNNING, next_try=now + LEASE, attempts=F("attempts") + 1
        )
    return taken


def deliver(row: Delivery) -> bool:
    """Call the receiver of one taken delivery; return whether it went well. Nothing happens if the lease went to another."""
    mine = Delivery.objects.filter(pk=row.pk, attempts=row.attempts + 1)
    if not mine.update(next_try=timezone.now() + LEASE):
        return False
    function = receivers.get(row.event, {}).get(row.receiver)
    try:
        if function is not None:
            function(**row.ids)
    except Exception as error:  # a receiver may fail in any way; the others must go on
        log.warning("delivery failed", event=row.event, receiver=row.receiver, error=repr(error))
        put_back(row, repr(error))
        return False
    mine.delete()
    return True


def put_back(row: Delivery, error: str) -> None:
    """Let a failed delivery wait (10 s · 2ⁿ ± 50 %, at most an hour), or leave it as a dead letter after 24 tries."""
    attempts = row.attempts + 1
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts - 1, 10)) * random.uniform(0.5, 1.5)  # noqa: S311
    state = Delivery.State.DEAD if attempts >= MOST_ATTEMPTS else Delivery.State.WAITING
    values = {"state": state, "next_try": timezone.now() + wait, "last_error": error[:2000]}
    try:
        with transaction.atomic():
            Delivery.objects.filter(pk=row.pk).update(**values)
    except IntegrityError:  # newer, equal news waits already and will do the same work
        Delivery.objects.filter(pk=row.pk).delete()


def run(limit: int = 50) -> int:
    """Deliver one batch; return how many deliveries were taken."""
    rows = take(limit)
    for row in rows:
        deliver(row)
    return len(rows)


def drain(rounds: int = 1000) -> int:
    """Deliver until nothing is due any more; return how many deliveries were taken."""
    total = 0
    for _round in range(rounds):
        taken = run()
        total += taken
        if not taken:
            break
    return total
