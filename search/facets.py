"""Counting for tabs and facets: each as if it were not chosen, but all others are."""

from collections import Counter
from collections.abc import Mapping

from search.registry import builder_for, facet_labels, is_kind
from search.types import FACETS, Choice, Counts

_MOST = 50


def total_of(counts: Counts, chosen: Mapping[str, frozenset[str]], *, but: str = "") -> int:
    """Return how many hits are left by what is chosen."""
    return sum(count for values, count in counts.items() if _fits(values, chosen, but))


def choices(counts: Counts, chosen: Mapping[str, frozenset[str]]) -> dict[str, list[Choice]]:
    """Return the values of every facet with honest numbers, the most frequent first; chosen ones always stay."""
    return {facet: _choices(facet, place, counts, chosen) for place, facet in enumerate(FACETS)}


def _choices(facet: str, place: int, counts: Counts, chosen: Mapping[str, frozenset[str]]) -> list[Choice]:
    numbers: Counter[str] = Counter(dict.fromkeys(chosen.get(facet, ()), 0))
    for values, count in counts.items():
        if values[place] and _fits(values, chosen, facet):
            numbers[values[place]] += count
    labels = _kind_labels(numbers) if facet == "kind" else facet_labels(facet, numbers)
    ranked = sorted(numbers.items(), key=lambda item: (-item[1], labels[item[0]]))[:_MOST]
    return [Choice(value, labels[value], count, value in chosen.get(facet, ())) for value, count in ranked]


def _kind_labels(kinds: Counter[str]) -> dict[str, str]:
    return {kind: str(builder_for(kind).label_plural) if is_kind(kind) else kind for kind in kinds}


def _fits(values: tuple[str, ...], chosen: Mapping[str, frozenset[str]], but: str) -> bool:
    return all(
        value in chosen[facet] for facet, value in zip(FACETS, values, strict=True) if facet in chosen and facet != but
    )
