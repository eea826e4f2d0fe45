"""Reading a budget's rows for counting: which baskets count, what they hold, what came on paper."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from ideas.models import Idea, Phase
from voting.basket_rules import BasketRules, rules_of
from voting.counting.election import Election, Item
from voting.models import Basket, BasketItem, PaperCount, Project, VoterLevel


@dataclass(frozen=True)
class Read:
    """What the rows say. ``gone`` are projects whose idea is no longer public; ``coded`` and ``paper`` are by idea."""

    rules: BasketRules
    election: Election
    gone: tuple[Item, ...]
    incomplete: int
    coded: Counter[int]
    paper: dict[int, int]


def read(phase: Phase, counted: set[int] | None = None) -> Read:
    """Return everything that is counted. Ideas stand for their projects; what is gone is in no basket any more.

    ``counted``: the ideas that an earlier count took, whatever has become of them since.
    """
    rules = rules_of(phase)
    there: list[Item] = []
    gone: list[Item] = []
    for project in Project.objects.filter(phase=phase).select_related("idea").order_by("idea"):
        item = Item(project.idea_id, project.cost_cents, project.idea.district_id)
        is_there = project.idea.state == Idea.State.PUBLIC if counted is None else project.idea_id in counted
        (there if is_there else gone).append(item)
    baskets, coded, incomplete = _baskets(phase, rules, {item.id for item in there})
    election = Election(budget=rules.budget, items=tuple(there), ballots=baskets, caps=dict(rules.caps))
    return Read(rules, election, tuple(gone), incomplete, coded, _paper(phase))


def _baskets(phase: Phase, rules: BasketRules, there: set[int]) -> tuple[Counter[frozenset[int]], Counter[int], int]:
    """Return how often each basket was given, how often projects are in baskets given with a code, and how many are
    not complete.
    """
    number = dict(Basket.objects.filter(phase=phase, number__gt=0).values_list("pk", "number"))
    rows = BasketItem.objects.filter(basket__phase=phase).values_list("basket", "project__idea", "basket__level")
    held: dict[int, set[int]] = {}
    coded: Counter[int] = Counter()
    for basket, idea, level in rows.iterator():
        if idea in there and rules.counts(number.get(basket, 0)):
            held.setdefault(basket, set()).add(idea)
            coded[idea] += level == VoterLevel.CODE
    incomplete = sum(not rules.counts(count) for count in number.values())
    return Counter(frozenset(ideas) for ideas in held.values()), coded, incomplete


def _paper(phase: Phase) -> dict[int, int]:
    """Return what two people have counted on paper, by idea."""
    rows = PaperCount.objects.filter(phase=phase, value=1, rejected_at=None).exclude(confirmed_at=None)
    return dict(rows.values_list("idea").annotate(n=Sum("number")))
