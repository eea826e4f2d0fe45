"""The two ways of counting, computed by pabutools: most baskets first, and the Method of Equal Shares.

A person's satisfaction with a project is its cost, so both ways rank by the number of baskets. Ties: the lower cost goes
first, then the lower number. Fractions are exact. What a district's cap leaves no room for is passed over at its turn.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from voting.counting.election import Basket, Election, Purse

LIBRARY = "pabutools"
Rule = Callable[[set[int]], list[int]]


class Group:
    """People with equal baskets, as the library asks them."""

    def __init__(self, basket: Basket, number: int) -> None:
        self.ballot, self.number = basket, number
        self.names = {str(item) for item in basket}

    def sat_project(self, project: Any) -> Any:
        return project.cost if project.name in self.names else 0


class Electorate:
    """All groups, as the library asks for a profile and for its satisfaction."""

    def __init__(self, election: Election) -> None:
        self.election = election
        ballots = sorted(election.ballots.items(), key=lambda pair: sorted(pair[0]))
        self.groups = [Group(basket, number) for basket, number in ballots]

    def __iter__(self) -> Iterator[Group]:
        return iter(self.groups)

    def num_ballots(self) -> int:
        return self.election.people

    def multiplicity(self, group: Group) -> int:
        return group.number

    def total_satisfaction_project(self, project: Any) -> Any:
        return self.election.votes[int(project.name)] * project.cost


def greedy(election: Election, before: Sequence[int] = ()) -> list[int]:
    """Choose what most baskets hold, one after the other, as long as the money lasts; return what is new, in order.

    With ``before``, these are paid for already.
    """
    from pabutools.rules import greedy_utilitarian_welfare

    def run(without: set[int]) -> list[int]:
        instance, ties = _library(election, without - set(before))
        paid = [project for project in instance if int(project.name) in set(before)]
        found = greedy_utilitarian_welfare(
            instance,
            Electorate(election),
            sat_profile=Electorate(election),
            is_sat_additive=True,
            tie_breaking=ties,
            initial_budget_allocation=paid,
        )
        return [int(project.name) for project in found if project not in paid]

    return _within_caps(election, run, before)


def equal_shares(election: Election) -> list[int]:
    """Choose by the Method of Equal Shares, without filling up what is left; return the projects in order."""
    from pabutools.rules import method_of_equal_shares

    if not election.people:
        return []
    electorate = Electorate(election)

    def run(without: set[int]) -> list[int]:
        instance, ties = _library(election, without)
        found = method_of_equal_shares(instance, electorate, sat_profile=electorate, tie_breaking=ties, binary_sat=True)
        return [int(project.name) for project in found]

    return _within_caps(election, run, ())


def _within_caps(election: Election, rule: Rule, before: Sequence[int]) -> list[int]:
    """Run a rule anew without what breaks a cap at its turn: what was chosen until then stays chosen.

    That is the same as passing it over: a project changes nothing before it is chosen, and what a district has left
    only gets less.
    """
    without: set[int] = set()
    while True:
        purse = Purse(election, before)
        for number in (order := rule(without)):
            if not purse.within_cap(election.by_id[number]):
                break
            purse.take(election.by_id[number])
        else:
            return order
        without |= {item.id for item in election.wanted if item.id not in purse.chosen and not purse.within_cap(item)}


def _library(election: Election, without: set[int]) -> tuple[Any, Any]:
    """Return the projects and the way of breaking ties as the library knows them."""
    from pabutools.election import Instance, Project
    from pabutools.tiebreaking import TieBreakingRule

    projects = [Project(str(item.id), item.cost) for item in election.wanted if item.id not in without]
    ties = TieBreakingRule(lambda _instance, _profile, project: (project.cost, int(project.name)))
    return Instance(projects, budget_limit=election.budget), ties
