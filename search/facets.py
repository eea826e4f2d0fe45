"""Counting for tabs and facets: each as if it were not chosen, but all others are.

Up to ten thousand hits are counted to the last one, by one question: the number of hits for each combination of values.
Of more hits so many are looked at and every number is a lower bound, which the page says ("10.000+").
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from search.backends.base import Backend
from search.registry import builders, facet_labels
from search.types import FACETS, Choice, Counts, Node, Scope

CAP, _MOST = 10_000, 50
Chosen = Mapping[str, frozenset[str]]


@dataclass
class Tally:
    """What was counted: hits that are left, and by facet and value; which numbers are lower bounds."""

    total: int
    is_exact: bool
    numbers: dict[str, Counter[str]]
    rough: frozenset[str] = frozenset()  # facets whose numbers are lower bounds

    @property
    def without(self) -> dict[str, int]:
        """How many hits there would be without the choice of each facet (also of those by which nothing is chosen)."""
        return {facet: numbers.total() for facet, numbers in self.numbers.items()}


def counted(backend: Backend, node: Node, scope: Scope) -> Counts:
    """Return the number of hits by their values, of ten thousand and one hits at most."""
    return backend.counts(node, scope, {}, CAP + 1)


def tally(backend: Backend, node: Node, scope: Scope, chosen: Chosen, counts: Counts) -> Tally:
    """Return the sums of what ``counted`` returned; of broad questions with choices they are asked for one by one."""
    if sum(counts.values()) <= CAP:
        return _sums(counts, chosen)
    left = backend.counts(node, scope, chosen, CAP + 1) if chosen else counts
    found = _sums(left, {})
    rough = {facet for facet in FACETS if found.total > CAP}
    for facet in chosen:
        others = {name: values for name, values in chosen.items() if name != facet}
        some = _sums(backend.counts(node, scope, others, CAP + 1) if others else counts, {})
        found.numbers[facet] = some.numbers[facet]
        rough = rough - {facet} | ({facet} if some.total > CAP else set())
    return Tally(min(found.total, CAP), found.total <= CAP, found.numbers, frozenset(rough))


def _sums(counts: Counts, chosen: Chosen) -> Tally:
    """Return sums in one pass: a hit that one choice alone leaves out counts for the facet of that choice."""
    picked = [(place, chosen[facet]) for place, facet in enumerate(FACETS) if facet in chosen]
    numbers: list[Counter[str]] = [Counter() for _facet in FACETS]
    total = 0
    for values, count in counts.items():
        out = [place for place, wanted in picked if values[place] not in wanted]
        total += 0 if out else count
        for place in out or range(len(FACETS)):
            if len(out) < 2:
                numbers[place][values[place]] += count
    return Tally(total, is_exact=True, numbers=dict(zip(FACETS, numbers, strict=True)))


def choices(found: Tally, chosen: Chosen) -> dict[str, list[Choice]]:
    """Return the values of every facet with honest numbers, the most frequent first; chosen ones stay."""
    return {facet: _choices(facet, found, chosen.get(facet, frozenset())) for facet in FACETS}


def _choices(facet: str, found: Tally, picked: frozenset[str]) -> list[Choice]:
    numbers = {**dict.fromkeys(picked, 0), **{value: count for value, count in found.numbers[facet].items() if value}}
    rough = facet in found.rough
    if facet == "kind":
        return _kinds(numbers, picked, rough=rough)
    labels = facet_labels(facet, numbers)
    ranked = sorted(numbers.items(), key=lambda item: (-item[1], labels[item[0]]))
    if facet == "year":
        ranked = sorted(numbers.items(), reverse=True)
    shown = [item for place, item in enumerate(ranked) if place < _MOST or item[0] in picked]
    return [Choice(value, labels[value], count, value in picked, rough) for value, count in shown]


def _kinds(numbers: Mapping[str, int], picked: frozenset[str], *, rough: bool) -> list[Choice]:
    """Return the kinds in the order of their tabs, so that a tab stands where it stood before."""
    found = [builder for builder in builders() if builder.kind in numbers]
    return [Choice(one.kind, str(one.label_plural), numbers[one.kind], one.kind in picked, rough) for one in found]
