"""Whether the fair order is fair: ten thousand visits of five hundred ideas, by the code that the lists use."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from ideas.queries.exposure import gini
from ideas.queries.ring import RING, Place, deal, looked_at, onwards, start_for

IDEAS, VISITS, DAYS, PAGE, SAMPLE = 500, 10_000, 25, 20, 4
FIRST_DAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
Shown = Callable[[int, int], Sequence[int]]


class Town:
    """Visitors who look at the first ideas more than at the last, seldom turn the page, and open what they like."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.looks: Counter[int] = Counter()
        self.sampled: Counter[int] = Counter()
        # A few ideas are known from elsewhere: links, the newspaper, other orders.
        self.famous = [1 / (1 + place) for place in range(IDEAS)]

    def visit(self, ideas: Sequence[int]) -> None:
        """Let somebody look at pages of a list; note what a server would note of it."""
        page = 0
        while page == 0 or self.chance.random() < 0.25:
            here = ideas[page * PAGE : (page + 1) * PAGE]
            self.sampled.update(looked_at(here, self.chance, SAMPLE))
            for place, idea in enumerate(here):
                if self.chance.random() < 0.97**place:
                    self.looks[idea] += 1
                    if self.chance.random() < 0.05:
                        self.sampled[idea] += 1
            page += 1
        if self.chance.random() < 0.2:
            known = self.chance.choices(range(IDEAS), self.famous)[0]
            self.looks[known] += 1
            self.sampled[known] += 1

    def numbers(self) -> list[int]:
        return [self.looks[idea] for idea in range(IDEAS)]


def newest(late: int = 0) -> list[int]:
    town = Town(1)
    for visit in range(VISITS):
        known = IDEAS - late if visit < VISITS / 2 else IDEAS
        town.visit(range(known - 1, -1, -1))
    return town.numbers()


def fair(late: int = 0, *, steered: bool = True) -> list[int]:
    """Run the visits with the fair order, dealing anew each night; ``late`` ideas come in the middle of the time."""
    town = Town(1)
    ranks = {idea: town.chance.randrange(RING) for idea in range(IDEAS - late)}
    places: list[Place] = []
    for day in range(DAYS):
        if day == DAYS // 2:
            ranks |= {idea: town.chance.randrange(RING) for idea in range(IDEAS - late, IDEAS)}
        places = sorted((rank, idea) for idea, rank in ranks.items())
        at = FIRST_DAY + timedelta(days=day)
        for visit in range(VISITS // DAYS):
            begin = start_for(f"192.0.2.{visit % 250}", f"Browser {visit % 7} {visit}", at)
            town.visit([idea for _rank, idea in onwards(places, begin)[: 5 * PAGE]])
        if steered:
            ranks = deal({idea: town.sampled[idea] for idea in ranks}, town.chance)
    return town.numbers()


def test_views_are_spread_far_more_evenly_than_by_newest() -> None:
    numbers = fair()
    assert gini(numbers) <= gini(newest()) * 2 / 3
    assert min(numbers) >= 0.2 * sum(numbers) / IDEAS


def test_ideas_that_come_late_catch_up() -> None:
    numbers = fair(late=100)
    assert gini(numbers) <= gini(newest(late=100)) * 2 / 3
    assert min(numbers) >= 0.2 * sum(numbers) / IDEAS


def test_steering_spreads_more_evenly_than_chance_alone() -> None:
    assert gini(fair()) < gini(fair(steered=False)) * 2 / 3
