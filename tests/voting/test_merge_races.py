"""Choosing, withdrawing and supporting by many at once while a merge is made, undone, and web workers are killed."""

import http.client
import random
import threading
import time
from urllib.parse import urlencode, urlsplit

import pytest

from tests import crowd, soak
from tests.served import served

pytestmark = pytest.mark.server

CAMPAIGNS = {"storm": (3, {"support_limit": 2}), "same": (2, {}), "kill": (2, {})}
MERGE = """
from accounts.models import User
from ideas.actions import merge_ideas, undo_merge
from ideas.models import Idea, Merge
by = User.objects.order_by("pk").first()
"""


@pytest.fixture(scope="module", params=soak.races())
def town(request):
    with served(request.param) as town:
        crowd.populate(town, 16, CAMPAIGNS)
        yield town
        town.manage("verify_votes")


def merge(town, source, target):
    town.python(
        f"{MERGE}merge_ideas(source=Idea.objects.get(pk={source}), target=Idea.objects.get(pk={target}), reason='x', actor=by)"
    )


def undo(town, source):
    town.python(f"{MERGE}undo_merge(merge=Merge.objects.get(source={source}, undone_at=None), actor=by)")


def choose(member, idea, choice):
    """Press the button on the page of the merge; 0 when no answer came."""
    headers = member.headers | {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    connection = http.client.HTTPConnection(urlsplit(member.url).netloc, timeout=120)
    try:
        connection.request("POST", f"/ideen/{idea}/zusammenlegung/", urlencode({"choice": choice}), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def votes(town, *ideas):
    places = ", ".join(["%s"] * len(ideas))
    found = town.rows(f"SELECT idea_id, voter_key FROM voting_vote WHERE idea_id IN ({places})", *ideas)
    return {idea: {key for one, key in found if one == idea} for idea in ideas}


def test_the_same_choice_of_one_person_many_times_at_once_is_one(town):
    source, target = town.ideas["same"]
    anna = town.people[0]
    assert anna.insist("PUT", source).status == 200
    merge(town, source, target)
    found = []
    threads = [threading.Thread(target=lambda: found.append(choose(anna, source, "carry"))) for _try in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {303}
    assert [len(rows) for rows in votes(town, source, target).values()] == [0, 1]
    town.manage("verify_votes")


def storm(town, stop, statuses):
    """Let ten people do anything they can, until it is over."""
    source, ideas, seed = town.ideas["storm"][0], town.ideas["storm"], random.randrange(10**6)
    print(f"seed {seed}")

    def live(member, dice):
        while not stop.is_set():
            crowd.breathe()
            act = dice.randrange(5)
            if act < 3:
                statuses.add(choose(member, source, ("carry", "leave", "carry")[act]))
            else:
                statuses.add((member.withdraw if act == 3 else member.support)(dice.choice(ideas)).status)

    dice = [random.Random(seed + number) for number in range(10)]
    threads = [threading.Thread(target=live, args=pair) for pair in zip(town.people, dice, strict=False)]
    for thread in threads:
        thread.start()
    return threads


def test_choices_withdrawals_and_an_undo_in_a_storm_leave_every_number_right(town):
    source, target, _other = town.ideas["storm"]
    for member in town.people:
        assert member.insist("PUT", source).status == 200
    for member in town.people[::3]:
        assert member.insist("PUT", target).status == 200
    stop, statuses = threading.Event(), set()
    threads = storm(town, stop, statuses)
    for _round in range(2):
        merge(town, source, target)
        time.sleep(1.5)
        undo(town, source)
    merge(town, source, target)
    time.sleep(1)
    stop.set()
    for thread in threads:
        thread.join()
    assert max(statuses) < 500, statuses
    town.manage("verify_votes")
    quiet = votes(town, source, target)
    undo(town, source)
    after = votes(town, source, target)
    assert quiet[source] <= after[source]
    town.manage("verify_votes")
    assert not town.rows("SELECT 1 FROM voting_ballot WHERE used > lim")


def test_killed_web_workers_leave_each_choice_done_or_not_done(town):
    source, target = town.ideas["kill"]
    for member in town.people:
        assert member.insist("PUT", source).status == 200
    merge(town, source, target)

    def insist(member):
        for _try in range(60):
            if choose(member, source, "carry") == 303:
                return
            time.sleep(0.2)

    threads = [threading.Thread(target=insist, args=(one,)) for one in town.people]
    for thread in threads:
        thread.start()
    for _kill in range(3):
        time.sleep(0.2)
        town.kill_web_worker()
    for thread in threads:
        thread.join()
    assert [len(rows) for rows in votes(town, source, target).values()] == [0, len(town.people)]
    undo(town, source)
    assert [len(rows) for rows in votes(town, source, target).values()] == [len(town.people), 0]
