"""The twin of the limit for sums: many baskets at once, at 90 to 110 percent of the sum, against served processes."""

import json
import random
import threading
import time
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit

import pytest

from tests import crowd, soak
from tests.served import served

pytestmark = pytest.mark.server

MADE = """
import json
from tests.voting.budgets import budget
found = {}
for name, rules in {"storm": {}, "close": {}, "same": {}}.items():
    made = budget(costs=[9_000, 10_000, 11_000, 20_000, 25_000, 30_000, 35_000, 45_001], **rules)
    found[name] = {"slug": made.campaign.slug, "phase": made.phase.pk, "ids": made.ids}
print("RESULT", json.dumps(found))
"""
COSTS = (9_000, 10_000, 11_000, 20_000, 25_000, 30_000, 35_000, 45_001)
SUM = 100_000


@pytest.fixture(scope="module", params=soak.races())
def town(request):
    with served(request.param) as town:
        town.people = crowd.people(town, 16)
        line = next(line for line in town.python(MADE).splitlines() if line.startswith("RESULT "))
        town.budgets = json.loads(line.removeprefix("RESULT "))
        yield town
        town.manage("verify_votes")


def save(member, made, places, version):
    """Send a basket; return (status, answer)."""
    ideas = "-".join(str(idea) for idea in sorted(made["ids"][place] for place in places))
    headers = member.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    connection = HTTPConnection(urlsplit(member.url).netloc, timeout=180)
    body = urlencode({"chosen": f"{version}.{ideas}", "save": "1"})
    connection.request("POST", f"/mitmachen/{made['slug']}/haushalt/", body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, json.loads(text) if answer.status != 500 else {}


def stored(town, made):
    """Return (over the sum, baskets, wrong sums, wrong counters, wrong sums of events)."""
    phase = made["phase"]
    ask = (
        "SELECT count(*) FROM voting_basket WHERE phase_id = %s AND spent_cents > 100000",
        "SELECT count(*) FROM voting_basket WHERE phase_id = %s",
        """SELECT count(*) FROM voting_basket b WHERE phase_id = %s AND spent_cents <>
           (SELECT coalesce(sum(cost_cents), 0) FROM voting_basketitem WHERE basket_id = b.id)""",
        """SELECT count(*) FROM voting_project p WHERE phase_id = %s AND number <>
           (SELECT count(*) FROM voting_basketitem WHERE project_id = p.id)""",
        """SELECT count(*) FROM voting_project p WHERE phase_id = %s AND number <>
           (SELECT coalesce(sum(change), 0) FROM voting_voteevent WHERE phase_id = p.phase_id AND idea_id = p.idea_id)""",
    )
    return tuple(int(town.rows(statement, phase)[0][0]) for statement in ask)


def near_the_sum(dice):
    """Return places of projects that cost 90 to 110 percent of the sum together."""
    while True:
        places = dice.sample(range(len(COSTS)), dice.randrange(2, 7))
        if 0.9 * SUM <= sum(COSTS[place] for place in places) <= 1.1 * SUM:
            return places


def test_twelve_baskets_at_once_of_each_person_never_pass_the_sum(town):
    made, dice = town.budgets["storm"], random.Random(18)

    def live(member, places):
        for _try in range(4):  # whoever is told of a newer basket saves over it
            version = live.seen.get(member.session, 0)
            status, body = save(member, made, places, version)
            if status != 409:
                break
            live.seen[member.session] = body["saved"]["version"]
        if status == 200:
            live.seen[member.session] = body["version"]
        return status, sum(COSTS[place] for place in places)

    live.seen = {}
    people = [crowd.Member(one.url, one.session) for one in town.people for _try in range(12)]
    plans = [near_the_sum(dice) for _one in people]
    answers = crowd.at_once([lambda m=m, p=p: live(m, p) for m, p in zip(people, plans, strict=True)])
    assert {status for status, _cost in answers} <= {200, 409, 422}
    assert {cost > SUM for status, cost in answers if status == 422} == {True}
    assert {cost > SUM for status, cost in answers if status == 200} == {False}
    assert stored(town, made) == (0, len(town.people), 0, 0, 0)


def test_the_same_basket_twenty_times_at_once_is_one(town):
    made, anna = town.budgets["same"], town.people[0]
    members = [crowd.Member(anna.url, anna.session) for _try in range(20)]
    answers = crowd.at_once([lambda m=m: save(m, made, [0, 1], 0) for m in members])
    assert {status for status, _body in answers} == {200}
    assert {body["version"] for _status, body in answers} == {1}
    assert stored(town, made) == (0, 1, 0, 0, 0)


def test_sealing_under_load_is_exact_and_the_count_fits_it(town):
    made, dice, stop, statuses = town.budgets["close"], random.Random(6), threading.Event(), []

    def live(member):
        version = 0
        while not stop.is_set():
            status, body = save(member, made, dice.sample(range(4), 2), version)
            statuses.append(status)
            version = body.get("version", body.get("saved", {}).get("version", version))

    threads = [threading.Thread(target=live, args=(one,)) for one in town.people[:8]]
    for thread in threads:
        thread.start()
    time.sleep(1.5)
    town.python(
        f"from ideas.models import Phase\nfrom voting.actions import close_phase\nclose_phase(phase=Phase.objects.get(pk={made['phase']}))"
    )
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    assert set(statuses) <= {200, 409}
    sealed = town.rows("SELECT snapshot FROM voting_result WHERE phase_id = %s", made["phase"])[0][0]
    snapshot = json.loads(sealed) if isinstance(sealed, str) else sealed
    rows = town.rows(
        """SELECT p.idea_id, count(*) FROM voting_basketitem i JOIN voting_project p ON p.id = i.project_id
           WHERE p.phase_id = %s GROUP BY p.idea_id""",
        made["phase"],
    )
    assert snapshot["projects"] == {str(idea): number for idea, number in rows}
    for _try in range(500):
        done = town.rows("SELECT state FROM voting_budgetrun WHERE phase_id = %s", made["phase"])
        if done and done[0][0] == "done":
            break
        time.sleep(0.3)
    assert done == [("done",)]
    assert "Körbe wurden gezählt" in town.get(f"/mitmachen/{made['slug']}/haushalt/ergebnis/")
