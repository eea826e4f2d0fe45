"""Protocols of voting (V1 to V4, V6, V8, V9) against served processes, on both databases; ``make soak`` runs them large.

After each, ``verify_votes`` finds rows = counters = events = ballots.
"""

import itertools
import json
import random
import threading
import time

import pytest

from tests import crowd, databases
from tests.benchmarks import load
from tests.served import served
from tests.soak import size
from tests.voting import storm

pytestmark = pytest.mark.server
LIMIT, TRIES = 5, 12
# The seconds that docs/testing.md promises are printed; a machine with other work may take so many times as long.
SLOW = 4
CAMPAIGNS = {
    "burst": (size(5, 10), {}),
    "mixed": (size(4, 10), {}),
    "limit": (TRIES, {"support_limit": LIMIT}),
    "kill": (size(3, 10), {}),
    "again": (1, {}),
    "leave": (2, {}),
    **{f"close-{run}": (3, {}) for run in range(size(2, 20))},
}
PEOPLE = size(30, 200)


@pytest.fixture(scope="module", params=databases.kinds())
def town(request):
    with served(request.param) as town:
        town.kind = request.param
        crowd.populate(town, PEOPLE, CAMPAIGNS)
        yield town


@pytest.fixture(autouse=True)
def _recount(town):
    yield
    town.manage("verify_votes")


def test_v1_every_pair_five_times_in_one_burst_counts_once(town):
    ideas = town.ideas["burst"]
    pairs = [(member, idea) for idea in ideas for member in town.people]
    puts = [storm.message("PUT", town, member, idea) for member, idea in pairs for _copy in range(5)]
    figures = load.run(town.url, iter(puts), connections=size(25, 200), seconds=600)
    print(f"V1 {town.kind}: {storm.told(figures)}")
    assert figures.statuses == {200: len(puts)}
    assert figures.at(0.99) <= SLOW * (2_000 if town.kind == "postgres" else 6_000)
    assert [storm.numbers(town, idea) for idea in ideas] == [(PEOPLE,) * 4] * len(ideas)


def test_v2_supports_and_withdrawals_at_random_add_up(town):
    ideas, seed = town.ideas["mixed"], random.randrange(10**6)
    print(f"V2 seed {seed}")
    dice = random.Random(seed)
    number = size(300, 10_000)
    wanted = [
        ("DELETE" if dice.random() < 0.3 else "PUT", dice.choice(town.people), dice.choice(ideas))
        for _n in range(number)
    ]
    messages = (storm.message(method, town, member, idea) for method, member, idea in wanted)
    figures = load.run(town.url, storm.thinking(messages, dice), connections=size(20, 200), seconds=600)
    print(f"V2 {town.kind}: {storm.told(figures)}")
    assert figures.statuses == {200: number}
    for idea in ideas:
        assert len(set(storm.numbers(town, idea))) == 1


def test_v3_twelve_tries_at_once_let_nobody_over_the_limit(town):
    ideas, members = town.ideas["limit"], town.people[: size(15, 200)]
    tries = [storm.message("PUT", town, member, idea) for member in members for idea in ideas]
    figures = load.run(town.url, iter(tries), connections=TRIES * 2, seconds=600)
    assert figures.statuses == {200: LIMIT * len(members), 409: (TRIES - LIMIT) * len(members)}
    used = town.rows("SELECT used FROM voting_ballot WHERE lim = %s", LIMIT)
    assert sorted(number for (number,) in used) == [LIMIT] * len(members)


def test_v4_killed_web_processes_lose_no_acknowledged_vote(town):
    members, ideas = town.people[: size(20, 200)], town.ideas["kill"]
    stubborn = storm.Stubborn(members, ideas)
    with stubborn:
        for share in (0.25, 0.5, 0.75):
            stubborn.wait_for(share)
            town.restart()
    print(f"V4 {town.kind}: {stubborn}")
    assert stubborn.bad == []
    assert len(stubborn.acknowledged) == len(members) * len(ideas)
    assert [storm.numbers(town, idea) for idea in ideas] == [(len(members),) * 4] * len(ideas)


@pytest.mark.parametrize("run", range(size(2, 20)))
def test_v6_closing_under_load_is_exact(town, run):
    """Odd runs are closed by hand, the others by the clock."""
    ideas = town.ideas[f"close-{run}"]
    stop, statuses = threading.Event(), []

    def live(member, place):
        for step in itertools.count(place):
            if stop.is_set():
                return
            statuses.append(member.insist("PUT" if step % 2 else "DELETE", ideas[step % 3]).status)

    members = town.people[: size(10, 50)]
    threads = [threading.Thread(target=live, args=(one, place)) for place, one in enumerate(members)]
    for thread in threads:
        thread.start()
    found = json.loads(town.python(storm.CLOSE % {"idea": ideas[0], "by_hand": run % 2}).split("RESULT", 1)[1])
    end = time.monotonic() + 60
    while 409 not in statuses and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.3)
    stop.set()
    for thread in threads:
        thread.join()
    assert {str(idea): rows for idea in ideas if (rows := storm.numbers(town, idea)[0])} == found["supports"]
    assert set(statuses) == {200, 409}
    # What closing itself takes, besides waiting for those who hold the lock.
    print(f"V6 {town.kind}: closed in {found['seconds']:.2f} s")
    assert found["seconds"] <= SLOW * (1 if town.kind == "postgres" else 2)


def test_v8_the_same_request_again_and_an_answer_that_is_lost(town):
    idea = town.ideas["again"][0]
    # A line of her own: the one she had was cut when V4 killed the processes.
    anna = crowd.Member(town.url, town.people[0].session)
    twins = [crowd.Member(anna.url, anna.session) for _n in range(3)]
    with storm.forgetful(town) as proxy:
        lost = crowd.Member(proxy, anna.session).support(idea)
    assert lost.status == 0
    assert storm.numbers(town, idea) == (1, 1, 1, 1), "it was committed, only the answer was lost"
    for method, expected in (("PUT", 1), ("DELETE", 0)):
        answers = [anna.send(method, idea) for _n in range(3)]
        answers += crowd.at_once([lambda one=one, method=method: one.send(method, idea) for one in twins])
        assert {(answer.status, answer.body.get("supports", str(answer.body))) for answer in answers} == {
            (200, expected)
        }
    assert storm.numbers(town, idea) == (0, 0, 0, 0)


def test_v9_an_account_that_is_deleted_while_it_votes_leaves_no_vote(town):
    ideas = town.ideas["leave"]
    members = crowd.people(town, size(8, 60))
    names = [str(row[0]) for row in town.rows("SELECT id FROM accounts_user ORDER BY id DESC LIMIT %s", len(members))]
    stop, statuses = threading.Event(), []

    def live(member):
        while not stop.is_set():
            statuses.append(member.insist("PUT", random.choice(ideas)).status)
            crowd.breathe()

    threads = [threading.Thread(target=live, args=(one,)) for one in members]
    for thread in threads:
        thread.start()
    town.python(f"from accounts.models import User\nfor one in User.objects.filter(pk__in={names}): one.delete()\n")
    stop.set()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {200, 401, 403}
    assert [storm.numbers(town, idea) for idea in ideas] == [(0,) * 4] * len(ideas)
