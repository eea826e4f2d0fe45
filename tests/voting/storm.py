"""What the protocols of voting need: requests as bytes, people who do not give up, a proxy that forgets to answer."""

import random
import select
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from tests import crowd
from tests.benchmarks import load

PATIENCE = 600.0  # seconds for which people press again; a restart takes its time where others work too
CLOSE = """
import json, time
from datetime import timedelta
from django.db.models import F
from common.database import now
from ideas.models import Idea, Phase
from voting.actions import close_phase, seal_due_phases
from voting.models import Result
phase = Idea.objects.get(pk=%(idea)d).campaign.phases.get()
time.sleep(0.3)
if %(by_hand)d:
    began = time.monotonic()
    result = close_phase(phase=phase)
else:
    Phase.objects.filter(pk=phase.pk).update(closes_at=now() + timedelta(seconds=0.5))
    time.sleep(0.5)
    began = time.monotonic()
    seal_due_phases()  # or the town itself did, which looks for what is due as well
    result = Result.objects.get(phase=phase)
print("RESULT", json.dumps({"seconds": time.monotonic() - began, "supports": result.snapshot["supports"]}))
"""


def message(method: str, town, member: crowd.Member, idea: int) -> bytes:
    """Return the bytes of one request of a signed-in person."""
    headers = {name.replace("-", "_"): value for name, value in member.headers.items() if name != "Accept"}
    plain = load.request(method, town.url, f"/ideen/{idea}/unterstuetzung/", **headers)
    return plain.replace(b"text/html", b"application/json")


def thinking(messages: Iterator[bytes], dice: random.Random) -> Iterator[bytes]:
    """Let people think for a moment now and then."""
    for one in messages:
        if dice.random() < 0.05:
            time.sleep(dice.random() * 0.02)
        yield one


def told(figures: load.Figures) -> str:
    """Return the figures of a run in one line."""
    return (
        f"{len(figures.times):,} answers, {figures.rate:.0f}/s, p99 {figures.at(0.99):.0f} ms, {dict(figures.statuses)}"
    )


def numbers(town, idea: int) -> tuple[int, ...]:
    """Return (votes, different voters, counter, sum of events) of an idea."""
    ask = [
        "SELECT count(*) FROM voting_vote WHERE idea_id = %s",
        "SELECT count(DISTINCT voter_key) FROM voting_vote WHERE idea_id = %s",
        "SELECT support_count FROM ideas_idea WHERE id = %s",
        "SELECT coalesce(sum(change), 0) FROM voting_voteevent WHERE idea_id = %s",
    ]
    return tuple(int(str(town.rows(statement, idea)[0][0])) for statement in ask)


class Stubborn:
    """People who support every idea and send again, with jitter, until they are answered: a with-block waits for all."""

    def __init__(self, members: list[crowd.Member], ideas: list[int]) -> None:
        self.acknowledged: set[tuple[int, int]] = set()
        self.bad: list[int] = []
        self.seen: Counter[int] = Counter()
        self.all = len(members) * len(ideas)
        self.threads = [threading.Thread(target=self._live, args=(n, one, ideas)) for n, one in enumerate(members)]

    def _live(self, number: int, member: crowd.Member, ideas: list[int]) -> None:
        for idea in ideas:
            time.sleep(random.random() * 0.1)
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end:
                status = member.support(idea).status
                self.seen[status] += 1
                if status == 200:
                    self.acknowledged.add((number, idea))
                    break
                if status not in (0, 503):
                    self.bad.append(status)
                    break
                time.sleep(0.1 + random.random() * 0.3)

    def wait_for(self, share: float, patience: float = 120) -> None:
        """Return when that share of the votes is acknowledged."""
        end = time.monotonic() + patience
        while len(self.acknowledged) < self.all * share and time.monotonic() < end:
            time.sleep(0.01)

    def __enter__(self) -> "Stubborn":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_what: object) -> None:
        for thread in self.threads:
            thread.join()

    def __str__(self) -> str:
        return f"{len(self.acknowledged)} of {self.all} acknowledged, statuses {dict(self.seen)}"


@contextmanager
def forgetful(town) -> Iterator[str]:
    """Stand before a town, hand one request on, read its answer, and hang up without passing it on; yields the address."""
    place = urlsplit(town.url)
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            visitor, _address = door.accept()
            with visitor, socket.create_connection((place.hostname or "", place.port or 80)) as inside:
                while inside not in select.select([visitor, inside], [], [])[0]:  # a request may come in pieces
                    inside.sendall(visitor.recv(65536))
                inside.recv(65536)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        thread.join()


def asked(url: str) -> tuple[int, str | None]:
    """Return status and Retry-After of a page that needs the database."""
    try:
        with urllib.request.urlopen(f"{url}/ideen/", timeout=60) as answer:
            return answer.status, answer.headers["Retry-After"]
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Retry-After"]


def asked_away(url: str, patience: float = 30) -> tuple[int, str | None]:
    """Ask until the database is away: its last processes may still answer for a moment after it was killed."""
    end = time.monotonic() + patience
    while (found := asked(url))[0] == 200 and time.monotonic() < end:
        time.sleep(0.05)
    return found
