"""Votes on SQLite: a figure of its own, because there a vote ends with the disk saying that it is written."""

import itertools
import random
from collections.abc import Iterator

from tests import crowd
from tests.served import Town, served
from tests.voting import storm

PEOPLE, IDEAS = 200, 100
LEAST = 150  # votes a second
SLOWEST = 500.0  # milliseconds, p99 of 200 people who press the same button (B8)


def sqlite_town(**production: object) -> Iterator[tuple[Town, Iterator[bytes]]]:
    """Yield a served town on SQLite with the supports that people there give, each a new one."""
    with served("sqlite", start=False, **production) as town:
        people = crowd.people(town, PEOPLE)
        ideas = crowd.ideas(town, {"votes": (IDEAS, {})})["votes"]
        town.start()
        yield town, supports(town, people, ideas)


def supports(town: Town, people: list[crowd.Member], ideas: list[int]) -> Iterator[bytes]:
    """Yield every pair of person and idea once, mixed."""
    pairs = list(itertools.product(people, ideas))
    random.Random(7).shuffle(pairs)
    return (storm.message("PUT", town, member, idea) for member, idea in pairs)


def verdict(is_met: bool, goal: str) -> str:
    """Return the goal with whether it is met."""
    return f"{goal} {'ok' if is_met else 'MISSED'}"
