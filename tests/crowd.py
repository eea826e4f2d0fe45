"""Many people at once on a served town: signed in by sessions put into its database, each with a connection of their own."""

import http.client
import json
import select
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

IDLE = 2.0  # seconds; the server ends a connection on which nobody asked for five
TOKEN = "crowdcrowdcrowdcrowdcrowdcrowd12"

PEOPLE = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from accounts.models import User
Store = import_module(settings.SESSION_ENGINE).SessionStore
start = User.objects.count()
names = [f"Mensch {start + number}" for number in range(%(number)d)]
people = [User(email=f"mensch{start + n}@crowd.example", display_name=name, password="!") for n, name in enumerate(names)]
User.objects.bulk_create(people)
found, rows = [], []
for one in User.objects.filter(display_name__in=names).order_by("pk"):
    store = Store()
    values = {SESSION_KEY: str(one.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
              HASH_SESSION_KEY: one.get_session_auth_hash()}
    store._session_key = store._get_new_session_key()
    rows.append(store.create_model_instance(values))
    found.append(rows[-1].session_key)
Store.get_model_class().objects.bulk_create(rows)
print("RESULT", json.dumps(found))
"""

IDEAS = """
import json
from tests import factories
found = {}
for slug, (number, rules) in %(wanted)r.items():
    campaign = factories.campaign(slug=slug, title=slug, **rules)
    found[slug] = [factories.idea(campaign=campaign).pk for _idea in range(number)]
print("RESULT", json.dumps(found))
"""


def people(town, number: int) -> list["Member"]:
    """Make people in the town and sign each of them in."""
    return [Member(town.url, session) for session in _result(town.python(PEOPLE % {"number": number}))]


def ideas(town, wanted: dict[str, tuple[int, dict[str, object]]]) -> dict[str, list[int]]:
    """Make campaigns with so many ideas and such rules; return the ids of the ideas of each."""
    return _result(town.python(IDEAS % {"wanted": wanted}))


def populate(town, number: int, wanted: dict[str, tuple[int, dict[str, object]]]) -> None:
    """Do both in one process and keep them as ``town.people`` and ``town.ideas``; starting a process takes seconds."""
    sessions, town.ideas = _results(town.python(PEOPLE % {"number": number} + IDEAS % {"wanted": wanted}))
    town.people = [Member(town.url, session) for session in sessions]


def breathe() -> None:
    """Wait as long as no person is: whoever asks without a pause starves the processes a test starts beside them."""
    time.sleep(0.03)


def _result(output: str) -> Any:
    return _results(output)[0]


def _results(output: str) -> list[Any]:
    lines = (line for line in output.splitlines() if line.startswith("RESULT "))
    return [json.loads(line.removeprefix("RESULT ")) for line in lines]


@dataclass
class Answer:
    """What came back, and how long it took; status 0 means that no answer came."""

    status: int
    body: dict
    seconds: float


@dataclass
class Member:
    """One signed-in person with an own connection."""

    url: str
    session: str
    connection: http.client.HTTPConnection | None = field(default=None, repr=False)
    used: float = field(default=0.0, repr=False)

    def support(self, idea: int) -> Answer:
        return self.send("PUT", idea)

    def withdraw(self, idea: int) -> Answer:
        return self.send("DELETE", idea)

    def state(self, idea: int) -> Answer:
        return self.send("GET", idea)

    def send(self, method: str, idea: int) -> Answer:
        """Send one request; a broken connection is an answer with status 0."""
        began = time.monotonic()
        try:
            line = self.line()
            line.request(method, f"/ideen/{idea}/unterstuetzung/", headers=self.headers)
            answer = line.getresponse()
            text = answer.read()
            self.used = time.monotonic()
        except (OSError, http.client.HTTPException):
            self.connection = None
            return Answer(0, {}, time.monotonic() - began)
        is_json = answer.headers.get_content_type() == "application/json"
        return Answer(answer.status, json.loads(text) if is_json else {}, time.monotonic() - began)

    def line(self) -> http.client.HTTPConnection:
        """Return the connection, a new one where the server has ended it or is about to, as browsers do."""
        kept = self.connection
        if kept is None or kept.sock is None or time.monotonic() - self.used > IDLE or is_ended(kept.sock):
            if kept is not None:
                kept.close()
            self.connection = kept = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=120)
        return kept

    def insist(self, method: str, idea: int, tries: int = 60) -> Answer:
        """Send until an answer comes, as a browser's person would press again."""
        for _try in range(tries):
            answer = self.send(method, idea)
            if answer.status:
                return answer
            time.sleep(0.2)
        return answer

    @property
    def headers(self) -> dict[str, str]:
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        return {"Cookie": cookies, "X-CSRFToken": TOKEN, "Accept": "application/json"}


def is_ended(sock: socket.socket) -> bool:
    """Tell whether the other side has ended a connection on which nothing is to come."""
    look = select.poll()
    look.register(sock, select.POLLIN)
    return bool(look.poll(0))


def at_once(calls: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Make all calls in threads that start at the same moment; return the answers in order."""
    gate = threading.Barrier(len(calls))
    answers: list[Answer | None] = [None] * len(calls)

    def run(place: int) -> None:
        gate.wait()
        answers[place] = calls[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answer for answer in answers if answer is not None]
