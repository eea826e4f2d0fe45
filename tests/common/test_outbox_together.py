"""The outbox with several at once: PostgreSQL's locks, and news that joins a waiting one."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, transaction

from common import events, outbox
from common.events import announce, receives
from common.models import Delivery

pytestmark = pytest.mark.django_db(transaction=True)
EVENT = "test_together"


@pytest.fixture
def listener() -> Iterator[list[int]]:
    seen: list[int] = []

    @receives(EVENT)
    def listen(idea_id: int) -> None:
        seen.append(idea_id)

    yield seen
    events.receivers.pop(EVENT, None)


def in_thread(function: Callable[[], None]) -> threading.Thread:
    def work() -> None:
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def only_on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the in-memory SQLite of tests cannot wait for a lock; served files are raced in tests/voting")


def test_two_workers_never_take_the_same_delivery(listener):
    only_on_postgres()
    with transaction.atomic():
        for number in range(200):
            announce(EVENT, idea_id=number)
    threads = [in_thread(outbox.drain) for _worker in range(4)]
    for thread in threads:
        thread.join()
    assert sorted(listener) == list(range(200))


def test_rows_locked_by_one_worker_are_passed_over_by_another(listener):
    only_on_postgres()
    with transaction.atomic():
        announce(EVENT, idea_id=1)
        announce(EVENT, idea_id=2)
    taken = threading.Event()
    done = threading.Event()

    def hold() -> None:
        with transaction.atomic():
            list(Delivery.objects.select_for_update().order_by("pk")[:1])
            taken.set()
            done.wait(120)

    thread = in_thread(hold)
    taken.wait(120)
    assert [row.ids["idea_id"] for row in outbox.take()] == [2]
    done.set()
    thread.join()


def test_news_that_joins_a_waiting_one_is_not_delivered_before_its_own_change_is_there(listener):
    """Without the lock the dispatcher takes the older row, sees the old state, and the newer news is gone."""
    only_on_postgres()
    with transaction.atomic():
        announce(EVENT, idea_id=7)
    joined, commit = threading.Event(), threading.Event()

    def change() -> None:
        with transaction.atomic():
            announce(EVENT, idea_id=7)
            joined.set()
            commit.wait(120)

    thread = in_thread(change)
    joined.wait(120)
    assert outbox.drain() == 0
    commit.set()
    thread.join()
    assert outbox.drain() == 1
    assert listener == [7]


def test_twenty_who_announce_the_same_at_once_make_one_delivery_and_no_error(listener):
    only_on_postgres()
    errors: list[Exception] = []
    start = threading.Barrier(20)

    def say() -> None:
        start.wait()
        try:
            with transaction.atomic():
                announce(EVENT, idea_id=7)
        except Exception as error:
            errors.append(error)

    for thread in [in_thread(say) for _one in range(20)]:
        thread.join()
    assert errors == []
    assert Delivery.objects.count() == 1
