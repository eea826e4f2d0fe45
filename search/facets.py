"""Counting for tabs and facets: each as if it were not chosen, but all others are."""

from collections import Counter
from collections.abc import Mapping

from search.registry import builders, facet_labels
from search.types import FACETS, Choice, Counts

_MOST = 50


def total_of(counts: Counts, chosen: Mapping[str, frozenset[str]], *, but: str = "") -> int:
    """Return how many hits are left by what is chosen."""
    return sum(count for values, count in counts.items() if _fits(values, chosen, but))


def choices(counts: Counts, chosen: Mapping[str, frozenset[str]]) -> dict[str, list[Choice]]:
    """Return the values of every facet with honest numbers, the most frequent first; chosen ones stay."""
    return {facet: _choices(facet, place, counts, chosen) for place, facet in enumerate(FACETS)}


def _choices(facet: str, place: int, counts: Counts, chosen: Mapping[str, frozenset[str]]) -> list[Choice]:
    numbers: Counter[str] = Counter(dict.fromkeys(chosen.get(facet, ()), 0))
    for values, count in counts.items():
        if values[place] and _fits(values, chosen, facet):
            numbers[values[place]] += count
    if facet == "kind":
        return _kinds(numbers, chosen)
    labels = facet_labels(facet, numbers)
    ranked = sorted(numbers.items(), key=lambda item: (-item[1], labels[item[0]]))[:_MOST]
    return [Choice(value, labels[value], count, value in chosen.get(facet, ())) for value, count in ranked]


def _kinds(numbers: Counter[str], chosen: Mapping[str, frozenset[str]]) -> list[Choice]:
    """Return the kinds in the order of their tabs, so that a tab stands where it stood before."""
    found = [builder for builder in builders() if builder.kind in numbers]
    picked = chosen.get("kind", frozenset())
    return [Choice(one.kind, str(one.label_plural), numbers[one.kind], one.kind in picked) for one in found]


def _fits(values: tuple[str, ...], chosen: Mapping[str, frozenset[str]], but: str) -> bool:
    return all(
        value in chosen[facet] for facet, value in zip(FACETS, values, strict=True) if facet in chosen and facet != but
    )
