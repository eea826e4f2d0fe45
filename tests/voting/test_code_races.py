"""One code in twelve hands at the same millisecond, against served processes on both databases: exactly one counts."""

import re
import threading
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests import soak
from tests.served import served

pytestmark = pytest.mark.server
HANDS = 12
FILL = """
import json
from tests import factories
from voting.actions.codes import make_package
made = factories.campaign(phase=False, slug="rennen")
phase = factories.phase(campaign=made, takes_codes=True)
ideas = [factories.idea(campaign=made).pk for _idea in range(3)]
codes = make_package(phase=phase, name="Rennen", number=3, by=factories.person())[1]
print("RESULT", json.dumps([ideas, codes]))
"""
TWO = """
import json, threading
from django.db import connection
from accounts.knowing import know
from accounts.models import User
from common.errors import Refused
from tests import factories
people = [factories.person() for _one in range(2)]
ready, said = threading.Barrier(2), []
def prove(person):
    ready.wait()
    try:
        know(person=person, level=1, proof="f" * 64, agreed=False)
        said.append("known")
    except Refused as refusal:
        said.append(refusal.code)
    connection.close()
threads = [threading.Thread(target=prove, args=[one]) for one in people]
[one.start() for one in threads]
[one.join() for one in threads]
print("RESULT", json.dumps(sorted(said)))
"""


@pytest.fixture(scope="module", params=soak.races())
def town(request):
    with served(request.param) as town:
        yield town
        town.manage("verify_votes")


def told(town, script):
    import json

    return json.loads(re.search(r"^RESULT (.*)$", town.python(script), re.M)[1])


class Hand:
    """Somebody who holds the card, with the form open."""

    def __init__(self, town):
        self.address = f"{town.url}/mitmachen/rennen/code/"
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        page = self.opener.open(self.address, timeout=120).read().decode()
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    def send(self, code, ideas):
        body = [
            ("csrfmiddlewaretoken", self.token),
            ("code", code),
            ("abgeben", "1"),
            *(("ideen", one) for one in ideas),
        ]
        request = Request(self.address, urlencode(body).encode(), {"Referer": self.address})
        try:
            return self.opener.open(request, timeout=120).status
        except HTTPError as error:
            return error.code


def test_of_twelve_at_once_exactly_one_wins_and_nobody_sees_an_error(town):
    ideas, codes = told(town, FILL)
    hands = [Hand(town) for _hand in range(HANDS)]
    for code in codes:
        ready, answers = threading.Barrier(HANDS), []

        def go(hand, place, code=code, ready=ready, answers=answers):
            ready.wait()
            answers.append(hand.send(code, ideas[: 1 + place % 3]))

        threads = [threading.Thread(target=go, args=(hand, place)) for place, hand in enumerate(hands)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(answers) == [200] + [409] * (HANDS - 1)
    voters = town.rows("SELECT count(DISTINCT voter_key) FROM voting_vote WHERE level = 3")[0][0]
    assert int(voters) == len(codes)
    assert int(town.rows("SELECT count(*) FROM voting_votingcode WHERE used_on IS NOT NULL")[0][0]) == len(codes)


def test_of_two_accounts_with_one_proof_at_once_one_is_asked(town):
    assert told(town, TWO) == ["joined", "known"]
