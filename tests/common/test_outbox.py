"""The outbox: written with the change, delivered at least once, failing visibly, and never losing news."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from common import events, outbox
from common.events import announce, receives
from common.models import Delivery

pytestmark = pytest.mark.django_db
EVENT = "test_happened"


@pytest.fixture
def heard() -> Iterator[list[dict[str, object]]]:
    """Two receivers that write down what they hear."""
    calls: list[dict[str, object]] = []

    @receives(EVENT)
    def first(**ids: object) -> None:
        calls.append({"who": "first"} | ids)

    @receives(EVENT)
    def second(**ids: object) -> None:
        calls.append({"who": "second"} | ids)

    yield calls
    events.receivers.pop(EVENT, None)


@pytest.fixture
def failing() -> Iterator[dict[str, int]]:
    """A receiver that fails until it is told not to."""
    state = {"calls": 0, "works": 0}

    @receives(EVENT, tries=3)
    def broken(**ids: object) -> None:
        state["calls"] += 1
        if not state["works"]:
            raise RuntimeError("the mail server\x00is down")

    yield state
    events.receivers.pop(EVENT, None)


def say(**ids: int) -> None:
    with transaction.atomic():
        announce(EVENT, **ids)


def come_due() -> None:
    Delivery.objects.exclude(state="dead").update(next_try=timezone.now() - timedelta(seconds=1))


def test_each_receiver_hears_it_and_then_nothing_is_left(heard):
    say(idea_id=7)
    assert Delivery.objects.count() == 2
    assert heard == []
    assert outbox.drain() == 2
    assert heard == [{"who": "first", "idea_id": 7}, {"who": "second", "idea_id": 7}]
    assert not Delivery.objects.exists()


def test_rolled_back_change_is_not_announced(heard):
    with transaction.atomic():
        announce(EVENT, idea_id=7)
        transaction.set_rollback(True)
    outbox.drain()
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_announcing_needs_a_transaction(heard):
    with pytest.raises(transaction.TransactionManagementError):
        announce(EVENT, idea_id=7)


def test_event_nobody_listens_to_writes_nothing():
    with transaction.atomic():
        announce("nobody_listens", idea_id=1)
    assert not Delivery.objects.exists()


def test_equal_news_is_told_once_and_different_news_apart(heard):
    say(idea_id=7)
    say(idea_id=7)
    say(idea_id=8)
    outbox.drain()
    assert [call["idea_id"] for call in heard if call["who"] == "first"] == [7, 8]


def test_very_long_ids_do_not_melt_together(heard):
    with transaction.atomic():
        announce(EVENT, name="x" * 300 + "a")
        announce(EVENT, name="x" * 300 + "b")
    outbox.drain()
    assert len(heard) == 4


def test_news_announced_while_the_same_is_being_delivered_is_told_again():
    seen: list[int] = []

    @receives(EVENT)
    def listener(idea_id: int) -> None:
        seen.append(idea_id)
        if len(seen) == 1:
            say(idea_id=7)

    try:
        say(idea_id=7)
        outbox.drain()
    finally:
        events.receivers.pop(EVENT, None)
    assert seen == [7, 7]


def test_failure_waits_longer_each_time_and_ends_as_a_dead_letter(failing):
    say(idea_id=7)
    waits = []
    for _try in range(3):
        come_due()
        before = timezone.now()
        outbox.drain()
        row, after = Delivery.objects.get(), timezone.now()
        waits.append((row.next_try - before, row.next_try - after))  # it was put back between the two
    assert failing["calls"] == 3
    assert row.state == Delivery.State.DEAD
    assert row.attempts == 3
    assert "the mail server" in row.last_error
    for (most, least), wait in zip(waits, (10, 20), strict=False):
        assert most >= timedelta(seconds=0.5 * wait)
        assert least <= timedelta(seconds=1.5 * wait)
    come_due()
    assert outbox.drain() == 0


def test_one_failing_receiver_does_not_hold_up_the_others(failing, heard):
    say(idea_id=7)
    outbox.drain()
    assert {call["who"] for call in heard} == {"first", "second"}
    assert Delivery.objects.get().receiver.endswith("broken")


def test_dead_letter_is_tried_again_on_demand(failing):
    say(idea_id=7)
    for _try in range(3):
        come_due()
        outbox.drain()
    failing["works"] = 1
    assert outbox.try_again(Delivery.objects.all()) == 1
    assert outbox.drain() == 1
    assert failing["calls"] == 4
    assert not Delivery.objects.exists()


def test_dead_letter_gives_way_to_the_same_news_waiting(failing):
    say(idea_id=7)
    Delivery.objects.update(state="dead")
    say(idea_id=7)
    assert outbox.try_again(Delivery.objects.all()) == 1
    assert [row.state for row in Delivery.objects.all()] == ["waiting"]


def test_failed_delivery_joins_newer_equal_news_without_forgetting_its_tries(failing):
    say(idea_id=7)
    row = outbox.take()[0]
    say(idea_id=7)
    assert not outbox.deliver(row)
    left = Delivery.objects.get()
    assert (left.state, left.attempts) == ("waiting", 1)
    assert left.next_try > timezone.now()


def test_taken_deliveries_come_back_when_their_process_dies(heard):
    say(idea_id=7)
    assert len(outbox.take()) == 2
    assert outbox.drain() == 0
    come_due()
    assert outbox.drain() == 2
    assert len(heard) == 2


def test_who_lost_the_lease_neither_delivers_nor_deletes(heard):
    say(idea_id=7)
    mine = outbox.take()
    come_due()
    others = outbox.take()
    assert [outbox.deliver(row) for row in mine] == [False, False]
    assert heard == []
    assert Delivery.objects.filter(state="running").count() == 2
    assert [outbox.deliver(row) for row in others] == [True, True]


def test_late_failure_of_the_former_holder_disturbs_nobody(failing):
    say(idea_id=7)
    mine = outbox.take()[0]
    assert outbox.begin(mine)
    come_due()
    other = outbox.take()[0]
    outbox.put_back(mine, "too late")
    row = Delivery.objects.get()
    assert (row.state, row.last_error) == ("running", "")
    assert outbox.held(other).exists()


def test_delivery_that_kills_its_process_each_time_is_given_up_and_its_neighbours_are_not(heard, failing):
    say(idea_id=7)
    for _crash in range(3):
        rows = {row.receiver.rsplit(".", 1)[1]: row for row in outbox.take()}
        assert outbox.begin(rows["broken"])  # and here the process ends
        come_due()
    outbox.drain()
    assert failing["calls"] == 0
    assert Delivery.objects.get().state == "dead"
    assert {call["who"] for call in heard} == {"first", "second"}


def test_receiver_this_version_does_not_know_keeps_its_delivery():
    Delivery.objects.create(event="of_tomorrow", receiver="x.y", key="k", ids={}, next_try=timezone.now())
    outbox.drain()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("waiting", 1)


def test_being_told_to_stop_gives_back_what_was_not_begun(heard):
    def stop(**ids: object) -> None:
        raise SystemExit

    say(idea_id=7)
    say(idea_id=8)
    name = next(iter(events.receivers[EVENT]))
    events.receivers[EVENT][name] = stop
    with pytest.raises(SystemExit):
        outbox.drain()
    assert Delivery.objects.filter(state="running").count() == 1
    assert Delivery.objects.filter(state="waiting", next_try__lte=timezone.now(), attempts=0).count() == 3


def test_draining_ends_in_time(heard):
    for number in range(3):
        say(idea_id=number)
    assert outbox.drain(seconds=0) == 0
    assert Delivery.objects.count() == 6


def test_empty_outbox_costs_one_plain_look(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert outbox.run() == 0


def test_listening_twice_by_the_same_name_is_refused(heard):
    def other(**ids: object) -> None:
        pass

    other.__name__, other.__module__, other.__qualname__ = "first", __name__, "first"
    with pytest.raises(ValueError, match="twice"):
        receives(EVENT)(other)
