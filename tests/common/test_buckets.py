"""Token buckets: a full one at once, then as fast as it fills; shared by all processes; nothing typed is lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from common import buckets
from common.buckets import Rate
from common.database import replayed_at
from common.errors import Refused
from common.models import Bucket
from tests import databases, factories
from tests.served import served

FEW = Rate("test", most=3, seconds=60)
START = datetime(2026, 5, 4, 12, tzinfo=UTC)
TEXT = "Unter den Bäumen am Markt fehlt eine Bank, auf der man sich ausruhen kann."

# Threads of one process; several of these run at once.
GREEDY = """
import json, threading
from django.db import connection
from common import buckets
rate, had, gate = buckets.Rate("race", most=20, seconds=864_000), [], threading.Barrier(4)
def grab():
    gate.wait()
    for _time in range(10):
        had.append(buckets.take(rate, "account:1") == 0)
    connection.close()
threads = [threading.Thread(target=grab) for _thread in range(4)]
[one.start() for one in threads]
[one.join() for one in threads]
print("RESULT", json.dumps(sum(had)))
"""


def taken(seconds: float, who: str = "account:1", cost: int = 1, rate: Rate = FEW) -> int:
    with replayed_at(START + timedelta(seconds=seconds)):
        return buckets.take(rate, who, cost)


@pytest.mark.django_db
def test_a_full_bucket_is_had_at_once_and_then_one_share_after_the_other():
    assert [taken(0) for _time in range(4)] == [0, 0, 0, 20]
    assert taken(5) == 15
    assert (taken(20), taken(20.5)) == (0, 20)
    assert [taken(3600) for _time in range(4)] == [0, 0, 0, 20]


@pytest.mark.django_db
def test_senders_and_kinds_have_buckets_of_their_own_and_dear_things_cost_more():
    other = Rate("another", most=3, seconds=60)
    assert (taken(0, cost=3), taken(0), taken(0, "account:2"), taken(0, rate=other)) == (0, 20, 0, 0)
    assert (taken(0, "account:3", cost=50), taken(0, "account:3")) == (0, 20)


@pytest.mark.django_db
def test_zero_means_no_limit_and_costs_no_row():
    assert [taken(0, rate=Rate("free", most=0)) for _time in range(5)] == [0] * 5
    assert not Bucket.objects.exists()


@pytest.mark.django_db
def test_rows_say_nothing_about_the_sender_and_go_when_they_are_full_again():
    taken(0, "address:203.0.113.7")
    (row,) = Bucket.objects.all()
    assert len(row.name) == 64
    assert "203.0.113.7" not in row.name
    with replayed_at(START + timedelta(seconds=19)):
        assert buckets.forget_full() == 0
    with replayed_at(START + timedelta(seconds=21)):
        assert buckets.forget_full() == 1


@pytest.mark.django_db
def test_the_refusal_says_in_words_how_long_to_wait():
    for _time in range(3):
        buckets.require(Rate("slow", most=3), "account:1")
    with pytest.raises(Refused, match="in 20 Minuten") as refusal:
        buckets.require(Rate("slow", most=3), "account:1")
    assert (refusal.value.status, refusal.value.code) == (429, "too_fast")
    assert 1140 < (refusal.value.retry_after or 0) <= 1200
    assert [buckets.in_words(n) for n in (1, 59, 60)] == ["in 1 Sekunde", "in 59 Sekunden", "in 1 Minute"]


@pytest.mark.django_db
def test_too_many_comments_are_429_with_the_time_and_the_typed_text(settings):
    settings.COMMENTS_PER_HOUR = 1
    idea, client = factories.idea(), Client()
    client.force_login(factories.person())
    address = f"/ideen/{idea.pk}/kommentare/"
    assert client.post(address, {"text": "Das ist ein guter Gedanke."}).status_code == 303
    slowed = client.post(address, {"text": TEXT})
    assert slowed.status_code == 429
    assert TEXT in slowed.text
    assert "in 60 Minuten" in slowed.text
    assert 3500 < int(slowed["Retry-After"]) <= 3600


@pytest.mark.django_db
def test_too_many_ideas_are_429_with_the_time_and_the_typed_text(settings):
    settings.IDEAS_PER_HOUR = 1
    campaign, client = factories.campaign(), Client()
    client.force_login(factories.person())
    values = {"campaign": campaign.slug, "title": "Mehr Bänke am Markt", "text": TEXT, "step": "submit"}
    assert client.post("/ideen/neu/", values).status_code == 303
    slowed = client.post("/ideen/neu/", values | {"title": "Eine Bank mehr"})
    assert slowed.status_code == 429
    assert TEXT in slowed.text
    assert "in 60 Minuten" in slowed.text


@pytest.mark.server
@pytest.mark.parametrize("database", databases.kinds())
def test_many_processes_at_once_get_exactly_one_bucket(database):
    with served(database, start=False) as town, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(town.python, [GREEDY] * 2))
    had = [
        json.loads(line.removeprefix("RESULT ")) for text in answers for line in text.splitlines() if "RESULT" in line
    ]
    assert sum(had) == 20
