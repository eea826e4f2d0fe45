"""Opinions and ratings of comments by many at once against served processes, on both databases."""

import contextlib
import http.client
import json
import random
from urllib.parse import urlsplit

import pytest

from tests import crowd, soak
from tests.served import served
from tests.voting import storm

pytestmark = pytest.mark.server

FILL = """
from django.utils import timezone
from ideas.models import Comment
from tests.factories import campaign, idea, phase
made = campaign(slug="sterne", phase=False)
phase(campaign=made, method="rating")
ideas = [idea(campaign=made) for _idea in range(3)]
one = Comment.objects.create(idea=ideas[0], text="Ja.", state="public", published_at=timezone.now())
print("READY", *(one.pk for one in ideas), one.pk)
"""


@pytest.fixture(scope="module", params=soak.races())
def town(request):
    with served(request.param) as town:
        *ideas, town.comment = (int(word) for word in town.python(FILL).split("READY", 1)[1].split())
        town.ideas = ideas
        town.people = crowd.people(town, 40)
        yield town
        town.manage("verify_votes")


class Voter(crowd.Member):
    """Somebody who gives an answer; each request has a connection of its own."""

    def put(self, path, value):
        """Send one answer (None: take it back)."""
        line = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=120)
        headers = self.headers | {"Content-Type": "application/json"}
        body = None if value is None else json.dumps({"value": value})
        line.request("DELETE" if value is None else "PUT", path, body, headers)
        answer = line.getresponse()
        return crowd.Answer(answer.status, json.loads(answer.read()), 0)


def stars(idea):
    return f"/ideen/{idea}/stimme/"


def counted(town, idea):
    """Return {value: number} by the rows, and by the tally; what the events add up to is the same."""
    rows = town.rows("SELECT value, count(*) FROM voting_opinion WHERE idea_id = %s AND value <> 0 GROUP BY 1", idea)
    tally = town.rows("SELECT value, number FROM voting_opiniontally WHERE idea_id = %s AND number <> 0", idea)
    events = town.rows(
        "SELECT value, sum(change) FROM voting_voteevent WHERE idea_id = %s AND kind = 'opinion' GROUP BY 1", idea
    )
    moved = {int(value): int(number) for value, number in events if number}
    assert dict(rows) == dict(tally) == moved
    return dict(rows)


def voters(town, number):
    return [Voter(one.url, one.session) for one in town.people[:number]]


def test_twelve_answers_of_one_person_at_once_are_one(town):
    idea, anna = town.ideas[0], voters(town, 1)[0]
    calls = [lambda value=value: anna.put(stars(idea), value) for value in (1, 2, 3, 4, 5, 1, 2, 3, 4, 5, None, 5)]
    assert {answer.status for answer in crowd.at_once(calls)} == {200}
    assert sum(counted(town, idea).values()) <= 1
    assert town.rows("SELECT count(*) FROM voting_opinion WHERE idea_id = %s", idea)[0][0] == 1
    for _try in range(3):
        assert anna.put(stars(idea), 4).body["value"] == 4
    assert counted(town, idea) == {4: 1}


def test_many_people_who_change_their_minds_add_up(town):
    idea, seed = town.ideas[1], random.randrange(10**6)
    print(f"seed {seed}")
    dice = random.Random(seed)
    plans = [[dice.choice((1, 2, 3, 4, 5, None)) for _step in range(6)] for _person in range(40)]

    def live(one, plan):
        return max((one.put(stars(idea), value) for value in plan), key=lambda answer: answer.status)

    people = voters(town, 40)
    answers = crowd.at_once([lambda o=o, p=p: live(o, p) for o, p in zip(people, plans, strict=True)])
    assert {answer.status for answer in answers} == {200}
    last = [plan[-1] for plan in plans if plan[-1]]
    assert counted(town, idea) == {value: last.count(value) for value in set(last)}


def test_ratings_of_a_comment_at_once_add_up(town):
    path = f"/kommentare/{town.comment}/bewertung/"
    plans = [(one, value) for one in voters(town, 20) for value in (1, -1, 1)]
    answers = crowd.at_once([lambda o=o, v=v: o.put(path, v) for o, v in plans])
    assert {answer.status for answer in answers} == {200}
    ask = "SELECT agree_count, disagree_count FROM ideas_comment WHERE id = %s"
    agree, disagree = town.rows(ask, town.comment)[0]
    assert agree + disagree == 20
    for one in voters(town, 20):
        one.put(path, 1)
    assert tuple(town.rows(ask, town.comment)[0]) == (20, 0)


def test_an_answer_that_was_lost_leaves_a_state_that_a_retry_does_not_change(town):
    idea, bert = town.ideas[2], voters(town, 2)[1]
    for _try in range(5):
        # Lost is the answer: a request that is still on its way would be done at any time later, after the last one too.
        with storm.forgetful(town) as proxy, contextlib.suppress(OSError, http.client.HTTPException):
            Voter(proxy, bert.session).put(stars(idea), 5)
    answer = bert.put(stars(idea), 5)
    assert (answer.status, answer.body["value"], answer.body["numbers"]) == (200, 5, {"5": 1})
    assert counted(town, idea) == {5: 1}
    for _try in range(2):
        assert bert.put(stars(idea), None).body["value"] == 0
    assert counted(town, idea) == {}
