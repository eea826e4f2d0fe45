"""What is counted: a sum, projects with their cost, and the baskets, equal ones together."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Basket = frozenset[int]


@dataclass(frozen=True)
class Item:
    """A project: its number, its cost in cents, its district."""

    id: int
    cost: int
    district: int | None = None


@dataclass(frozen=True)
class Election:
    """A whole vote. ``budget`` and ``caps`` (by district) are in cents; ``ballots`` tells how often a basket was given."""

    budget: int
    items: tuple[Item, ...]
    ballots: Mapping[Basket, int]
    caps: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def votes(self) -> Counter[int]:
        """Return in how many baskets each project is."""
        found: Counter[int] = Counter()
        for basket, number in self.ballots.items():
            for item in basket:
                found[item] += number
        return found

    @cached_property
    def people(self) -> int:
        """Return how many baskets there are."""
        return sum(self.ballots.values())

    @cached_property
    def wanted(self) -> tuple[Item, ...]:
        """Return the projects that somebody wants; no method chooses others."""
        return tuple(item for item in self.items if self.votes[item.id])

    @cached_property
    def by_id(self) -> dict[int, Item]:
        return {item.id: item for item in self.items}

    def cost(self, chosen: Iterable[int]) -> int:
        """Return what these projects cost together, in cents."""
        return sum(self.by_id[number].cost for number in chosen)


class Purse:
    """The money while projects are chosen one after the other: the sum, and what districts may have at most."""

    def __init__(self, election: Election, chosen: Iterable[int] = ()) -> None:
        self.left, self.caps = election.budget, dict(election.caps)
        self.chosen: list[int] = []
        for number in chosen:
            self.take(election.by_id[number])

    def take(self, item: Item) -> None:
        """Pay for a project."""
        self.left -= item.cost
        self.chosen.append(item.id)
        if item.district in self.caps:
            self.caps[item.district] -= item.cost

    def left_for(self, item: Item) -> int | None:
        """Return what the project's district may still have; None where there is no cap."""
        return self.caps.get(item.district) if item.district is not None else None

    def within_cap(self, item: Item) -> bool:
        """Tell whether the project keeps within its district's cap."""
        left = self.left_for(item)
        return left is None or item.cost <= left
