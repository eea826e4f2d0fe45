"""Why a project is in or not, by replaying what the methods have done; the page makes sentences of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from voting.counting.election import Election, Item, Purse

Why = dict[str, Any]


def why_greedy(election: Election, chosen: Sequence[int]) -> dict[int, Why]:
    """Return for each project why it is in or not: place, what was left at its turn. Raises ``AssertionError`` on doubt."""
    purse, found = Purse(election), {}
    order = sorted(election.items, key=lambda item: (-election.votes[item.id], item.cost, item.id))
    for place, item in enumerate(order, 1):
        found[item.id] = _at_its_turn(election, purse, item) | {"place": place}
        if found[item.id]["code"] == "in":
            purse.take(item)
    if purse.chosen != list(chosen):
        raise AssertionError(f"The library chose {list(chosen)}, going through it by hand gives {purse.chosen}.")
    return found


def _at_its_turn(election: Election, purse: Purse, item: Item) -> Why:
    if not election.votes[item.id]:
        return {"code": "nobody"}
    if not purse.within_cap(item):
        return {"code": "cap", "left": purse.left_for(item)}
    return {"code": "in" if item.cost <= purse.left else "money", "left": purse.left}


def why_equal(election: Election, chosen: Sequence[int], completed: Sequence[int]) -> dict[int, Why]:
    """Return for each project why it is in or not: what each person paid, or what its people had left."""
    paid, left = shares(election, chosen)
    purse = Purse(election, [*chosen, *completed])
    found = {}
    for item in election.items:
        if item.id in paid:
            found[item.id] = {"code": "in", "round": list(chosen).index(item.id) + 1, "each": paid[item.id]}
        elif item.id in completed:
            found[item.id] = {"code": "rest", "had": left.get(item.id, 0)}
        elif not election.votes[item.id]:
            found[item.id] = {"code": "nobody"}
        elif not purse.within_cap(item):
            found[item.id] = {"code": "cap", "left": purse.left_for(item), "had": left.get(item.id, 0)}
        else:
            found[item.id] = {"code": "money", "had": left.get(item.id, 0), "left": purse.left}
    return found


def shares(election: Election, chosen: Sequence[int]) -> tuple[dict[int, int], dict[int, int]]:
    """Replay who paid what: return the most one person paid for each chosen project, and for each other one what the
    people who want it have left together. Both in whole cents, rounded down; in between everything is exact.
    """
    if not election.people:
        return {}, {}
    from gmpy2 import mpq

    groups = list(election.ballots.items())
    number = [count for _basket, count in groups]
    money = [mpq(election.budget, election.people)] * len(groups)
    people = _supporters(election.ballots)
    paid = {}
    for item in chosen:
        each = _equal_payment(mpq(election.by_id[item].cost), people[item], money, number)
        for group in people[item]:
            money[group] -= min(money[group], each)
        paid[item] = int(each)
    rest = {
        item.id: int(sum((money[group] * number[group] for group in people[item.id]), mpq(0)))
        for item in election.items
        if item.id not in paid
    }
    return paid, rest


def _supporters(ballots: Mapping[frozenset[int], int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for group, basket in enumerate(ballots):
        for item in basket:
            found[item].append(group)
    return found


def _equal_payment(cost: Any, groups: list[int], money: list[Any], number: list[int]) -> Any:
    """Return what each pays if all pay alike and whoever has less pays all that is left."""
    payers = sum(number[group] for group in groups)
    for group in sorted(groups, key=lambda one: money[one]):
        if money[group] * payers >= cost:
            return cost / payers
        cost -= money[group] * number[group]
        payers -= number[group]
    raise AssertionError("People do not have the money for a project that was chosen.")
