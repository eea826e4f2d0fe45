"""Two hundred at once pass a goal and are set apart while others vote: one row, one set of messages, exact numbers."""

import json
import threading

import pytest

from tests import crowd, soak
from tests.served import served

pytestmark = pytest.mark.server

PEOPLE = 200
SET_APART = """
import json
from tests import factories
from voting.actions import quarantine as actions
from voting.actions.flagging import look_for_oddities
from voting.models import Flag
mo, ida = (factories.make_person(f"{name.lower()}@example.org", name, groups=["Moderation"]) for name in ("Mo", "Ida"))
look_for_oddities()
flags = Flag.objects.filter(idea=%(idea)s, kind__in=("network", "burst", "fresh")).order_by("pk")
flag = max(flags, key=lambda one: one.facts["votes"])  # the votes may have come in two hours
row = actions.propose(flag=flag, by=mo, reason="x")
held = actions.agree(quarantine=row, by=ida)
print("RESULT", json.dumps(held))
"""
GIVE_BACK = """
import json
from accounts.models import User
from voting.actions import quarantine as actions
from voting.models import Quarantine
mo, ida = (User.objects.get(email=f"{name}@example.org") for name in ("mo", "ida"))
row = Quarantine.objects.get(idea=%(idea)s)
actions.propose_end(quarantine=row, by=mo, reason="x")
print("RESULT", json.dumps(actions.agree_end(quarantine=row, by=ida)))
"""
TELL = """
import json
from common import outbox
from voting.actions.thresholds import catch_up, tell_of_reached
from notifications.models import Message
from voting.models import NoticeRound
outbox.drain(); catch_up(); tell_of_reached(); outbox.drain()
print("RESULT", json.dumps([Message.objects.filter(key__startswith="goal").count(),
    NoticeRound.objects.filter(kind="reached").count()]))
"""


@pytest.fixture(scope="module", params=soak.races())
def town(request):
    with served(request.param) as town:
        crowd.populate(town, PEOPLE, {"goal": (1, {"support_goal": 100}), "apart": (1, {"support_goal": 3})})
        yield town
        town.manage("verify_votes")


def result(output):
    return json.loads(output.split("RESULT ", 1)[1].splitlines()[0])


def test_two_hundred_at_once_pass_the_goal_once(town):
    [idea] = town.ideas["goal"]
    town.python(f"""
from ideas.models import Idea
from tests import factories
Idea.objects.filter(pk={idea}).update(author=factories.person("Amsel"))
factories.make_person("amt@example.org", "Amt", groups=["Fachamt"])
""")
    answers = crowd.at_once([lambda one=one: one.support(idea) for one in town.people])
    assert {answer.status for answer in answers} == {200}
    rows = town.rows("SELECT number FROM voting_threshold WHERE idea_id = %s", idea)
    assert [tuple(row) for row in rows] == [(100,)]
    for _try in range(20):  # the town delivers too, and may have one of the messages in hand
        if (told := result(town.python(TELL))) == [2, 1]:
            break
    assert told == [2, 1]


@pytest.mark.parametrize("back", [False, True])
def test_votes_are_set_apart_while_others_vote_and_take_back(town, back):
    [idea] = town.ideas["apart"]
    early, late = town.people[:60], town.people[60:80]
    if not back:
        # The lines of the test before may have been cut meanwhile.
        answers = crowd.at_once([lambda one=one: one.insist("PUT", idea) for one in early])
        assert {answer.status for answer in answers} == {200}
    stop, statuses = threading.Event(), []

    def live(member):
        while not stop.is_set():
            statuses.append(member.insist("PUT", idea).status)
            statuses.append(member.insist("DELETE", idea).status)
            crowd.breathe()

    threads = [threading.Thread(target=live, args=(one,)) for one in [*late[:6], *early[:3]]]
    for thread in threads:
        thread.start()
    output = town.python((GIVE_BACK if back else SET_APART) % {"idea": idea})
    stop.set()
    for thread in threads:
        thread.join()
    assert set(statuses) == {200}
    assert result(output) > 25
    [(count,)] = town.rows("SELECT support_count FROM ideas_idea WHERE id = %s", idea)
    [(rows,)] = town.rows("SELECT count(*) FROM voting_vote WHERE idea_id = %s", idea)
    [(held,)] = town.rows("SELECT count(*) FROM voting_vote WHERE idea_id = %s AND quarantine_id IS NOT NULL", idea)
    assert count == rows - held
    assert (held == 0) == back
