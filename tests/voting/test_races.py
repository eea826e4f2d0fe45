"""Voting by many at once against served processes, on both databases: no double, no loss, no error, exact counters."""

import itertools
import json
import random
import threading
import time

import pytest

from tests import crowd, databases
from tests.served import served

pytestmark = pytest.mark.server


CAMPAIGNS = {
    "one": (1, {}),
    "fifty": (1, {}),
    "mixed": (3, {}),
    "limit": (12, {"support_limit": 5}),
    "close": (3, {}),
    "kill": (3, {}),
}


@pytest.fixture(scope="module", params=databases.kinds())
def town(request):
    with served(request.param) as town:
        town.people = crowd.people(town, 60)
        town.ideas = crowd.ideas(town, CAMPAIGNS)
        yield town
        town.manage("verify_votes")


def rows(town, idea):
    """Return (votes, different voters, counter, sum of events) of an idea."""
    ask = [
        "SELECT count(*) FROM voting_vote WHERE idea_id = %s",
        "SELECT count(DISTINCT voter_key) FROM voting_vote WHERE idea_id = %s",
        "SELECT support_count FROM ideas_idea WHERE id = %s",
        "SELECT coalesce(sum(change), 0) FROM voting_voteevent WHERE idea_id = %s",
    ]
    return tuple(int(town.rows(statement, idea)[0][0]) for statement in ask)


def test_fifty_supports_of_one_person_at_once_are_one(town):
    ideas = town.ideas["one"]
    anna = town.people[0]
    members = [crowd.Member(anna.url, anna.session) for _try in range(50)]
    answers = crowd.at_once([lambda one=one: one.support(ideas[0]) for one in members])
    assert {answer.status for answer in answers} == {200}
    assert all(answer.body["supported"] for answer in answers)
    assert rows(town, ideas[0]) == (1, 1, 1, 1)


def test_fifty_people_at_once_are_fifty(town):
    ideas = town.ideas["fifty"]
    answers = crowd.at_once([lambda one=one: one.support(ideas[0]) for one in town.people[:50]])
    assert {answer.status for answer in answers} == {200}
    assert rows(town, ideas[0]) == (50, 50, 50, 50)
    assert max(answer.body["supports"] for answer in answers) == 50


def test_supports_and_withdrawals_in_any_order_add_up(town):
    ideas = town.ideas["mixed"]
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    plans = [[(dice.random() < 0.7, dice.choice(ideas)) for _step in range(8)] for _person in town.people[:20]]

    def live(member, plan):
        answers = [(member.support if give else member.withdraw)(idea) for give, idea in plan]
        return max(answers, key=lambda answer: answer.status)

    answers = crowd.at_once([lambda m=m, p=p: live(m, p) for m, p in zip(town.people, plans, strict=False)])
    assert {answer.status for answer in answers} == {200}
    expected = dict.fromkeys(ideas, 0)
    for plan in plans:
        last = {idea: give for give, idea in plan}
        for idea, give in last.items():
            expected[idea] += give
    for idea in ideas:
        assert rows(town, idea) == (expected[idea],) * 4


def test_twelve_tries_at_once_do_not_pass_a_limit_of_five(town):
    ideas = town.ideas["limit"]
    members = [crowd.Member(one.url, one.session) for one in town.people[:5] for _idea in ideas]
    answers = crowd.at_once([lambda m=m, i=i: m.support(i) for m, i in zip(members, itertools.cycle(ideas))])
    assert sorted({answer.status for answer in answers}) == [200, 409]
    assert [answer.status for answer in answers].count(200) == 25
    assert {answer.body["error"] for answer in answers if answer.status == 409} == {"limit"}
    used = town.rows(
        "SELECT used FROM voting_ballot WHERE campaign_id = (SELECT campaign_id FROM ideas_idea WHERE id = %s)",
        ideas[0],
    )
    assert sorted(number for (number,) in used) == [5] * 5
    assert sum(rows(town, idea)[2] for idea in ideas) == 25


def test_closing_under_load_is_exact(town):
    ideas = town.ideas["close"]
    stop, statuses = threading.Event(), []

    def live(member):
        for step in itertools.count():
            if stop.is_set():
                return
            statuses.append(member.insist("PUT" if step % 2 == 0 else "DELETE", ideas[step % 3]).status)

    threads = [threading.Thread(target=live, args=(one,)) for one in town.people[:12]]
    for thread in threads:
        thread.start()
    close = f"""
import json, time
from ideas.models import Idea
from voting.actions import close_phase
phase = Idea.objects.get(pk={ideas[0]}).campaign.phases.get()
began = time.monotonic()
result = close_phase(phase=phase)
print("SECONDS", time.monotonic() - began)
print("RESULT", json.dumps(result.snapshot["supports"]))
"""
    output = town.python(close)
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    counted = json.loads(output.split("RESULT", 1)[1].splitlines()[0])
    assert {str(idea): rows(town, idea)[0] for idea in ideas if rows(town, idea)[0]} == counted
    assert set(statuses) == {200, 409}
    assert float(output.split("SECONDS")[1].split()[0]) < 2


def test_a_killed_web_worker_loses_no_acknowledged_vote(town):
    ideas = town.ideas["kill"]
    acknowledged, unanswered = [], []

    def live(member, number):
        for idea in ideas:
            answer = member.insist("PUT", idea)
            (acknowledged if answer.status == 200 else unanswered).append((number, idea, answer.status))

    threads = [threading.Thread(target=live, args=(one, number)) for number, one in enumerate(town.people[:40])]
    for thread in threads:
        thread.start()
    for _kill in range(3):
        time.sleep(0.15)
        town.kill_web_worker()
    for thread in threads:
        thread.join()
    assert unanswered == []
    assert len(acknowledged) == 120
    for idea in ideas:
        assert rows(town, idea) == (40,) * 4
