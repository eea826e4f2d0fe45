"""Members who vote many times at the same moment, against served processes: each of them counts once."""

import http.client
import json
from collections import Counter
from urllib.parse import urlencode, urlsplit

import pytest

from tests import crowd, soak
from tests.served import served

pytestmark = pytest.mark.server
PEOPLE, TRIES = 8, 3
FILL = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from boards.actions.opening import open_room
from boards.actions.polling import open_poll
from boards.models import BoardPage
from cms.models import StartPage
from ideas.models import Member
page = BoardPage(title="Familienbeirat")
StartPage.objects.get().add_child(instance=page)
page.save_revision().publish()
room, people = open_room(page), list(User.objects.filter(display_name__startswith="Mensch "))
Member.objects.bulk_create(Member(campaign=room.campaign, person=one) for one in people)
ends, found = timezone.now() + timedelta(days=1), []
for secret in (True, False):
    poll = open_poll(person=people[0], room_id=room.pk, question="Treffen wir uns?", text="", options=["Ja", "Nein", "Später"],
        is_secret=secret, closes_at=ends)
    found.append([poll.pk, list(poll.options.values_list("pk", flat=True))])
print("RESULT", json.dumps(found))
"""


@pytest.fixture(scope="module", params=soak.races())
def town(request):
    with served(request.param) as town:
        sessions, polls = (
            json.loads(line.removeprefix("RESULT "))
            for line in town.python(crowd.PEOPLE % {"number": PEOPLE} + FILL).splitlines()
            if line.startswith("RESULT ")
        )
        town.people = [crowd.Member(town.url, session) for session in sessions]
        town.polls = polls
        yield town


def vote(member, poll, option):
    """Send a voice over a connection of its own; return the status."""
    line = http.client.HTTPConnection(urlsplit(member.url).netloc, timeout=60)
    headers = member.headers | {"Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", f"/familienbeirat/raum/umfragen/{poll}/", urlencode({"option": option}), headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def storm(town, poll, options):
    """Let every member vote several times at once, each time for something else; return the statuses by member."""
    plans = [(one, options[(n + step) % 3]) for n, one in enumerate(town.people) for step in range(TRIES)]
    statuses = crowd.at_once([lambda one=one, option=option: vote(one, poll, option) for one, option in plans])
    return [statuses[place : place + TRIES] for place in range(0, len(statuses), TRIES)]


def test_a_secret_voice_counts_once_however_often_it_is_sent_at_once(town):
    poll, options = town.polls[0]
    answered = storm(town, poll, options)
    assert [Counter(statuses) for statuses in answered] == [Counter({303: 1, 409: TRIES - 1})] * PEOPLE
    assert town.rows("SELECT count(*) FROM boards_voice WHERE poll_id = %s AND option_id IS NULL", poll) == [(PEOPLE,)]
    assert int(town.rows("SELECT sum(secret_count) FROM boards_polloption WHERE poll_id = %s", poll)[0][0]) == PEOPLE


def test_an_open_voice_that_is_changed_many_times_at_once_is_one(town):
    poll, options = town.polls[1]
    assert storm(town, poll, options) == [[303] * TRIES] * PEOPLE
    rows = town.rows("SELECT person_id, option_id FROM boards_voice WHERE poll_id = %s", poll)
    assert len(rows) == len({person for person, _option in rows}) == PEOPLE
    assert {option for _person, option in rows} <= set(options)
    # The last word holds: alone, and sent twice.
    assert [vote(town.people[0], poll, options[2]) for _time in range(2)] == [303, 303]
    assert town.rows("SELECT count(*) FROM boards_voice WHERE poll_id = %s", poll) == [(PEOPLE,)]
    assert int(town.rows("SELECT sum(secret_count) FROM boards_polloption WHERE poll_id = %s", poll)[0][0]) == 0
