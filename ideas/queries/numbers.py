"""How many ideas each choice would leave: from the tally, or from the ideas themselves where words or tags narrow a list."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q

from ideas.models.idea import IdeaQuerySet
from ideas.queries import tally
from ideas.queries.tally import Cell

# So many are rather found by what they have in common than by reading along an order.
FEW = 1000
# How far an idea has come goes with its age: those "carried out" may all lie at the end of "new". Unless they are this part
# of all ideas, they too are found by what they have in common.
SOME = 1 / 8
COUNTED = ("kampagne", "thema", "ziel", "stadtteil", "status")
_COLUMNS = ("campaign_id", "topic_id", "goal_id", "district_id", "progress", "status_id")
Picks = Mapping[str, frozenset[Any]]


@dataclass(frozen=True)
class Numbers:
    """How many ideas fit, how many each choice of a facet would leave, and how to find them if they are few."""

    total: int = 0
    # Only a part was counted: there may be more than ``total``, and more of each choice.
    is_bound: bool = False
    by: dict[str, dict[Any, int]] = field(default_factory=dict)
    few: Q | None = None
    some: Q | None = None


def by_tally(campaigns: Sequence[int], picks: Picks, own: Mapping[str, int] | None, stamp: int) -> Numbers:
    """Return the numbers of ideas in these campaigns. ``own`` tells which own status stands for a progress, if any does."""
    key = (stamp, sorted(campaigns), [sorted(picks.get(name, ())) for name in COUNTED], own)
    name, kept = tally.remembered(key)
    if isinstance(kept, Numbers):
        return kept
    cells = tally.cells(campaigns, own_statuses=own is not None)
    total, by, fitting = counted(cells, picks, own)
    found = Numbers(total, by=by)
    if total <= FEW:
        found = replace(found, few=in_common(fitting))
    elif picks.get("status") and total <= SOME * sum(cell[6] for cell in cells):
        found = replace(found, some=in_common(fitting))
    tally.remember(name, found)
    return found


def one_by_one(ideas: IdeaQuerySet, picks: Picks, own: Mapping[str, int] | None, *, is_part: bool) -> Numbers:
    """Return the numbers among a bounded number of ideas that words or tags have found; ``is_part`` when there may be more."""
    rows = list(ideas.order_by().values_list("pk", *_COLUMNS))
    cells = [(row[1], row[2] or 0, row[3] or 0, row[4] or 0, row[5], row[6] or 0, 1) for row in rows]
    total, by, fitting = counted(cells, picks, own)
    if is_part:
        return Numbers(total, is_bound=True, by=by)
    fits = set(fitting)
    return Numbers(total, by=by, few=Q(pk__in=[row[0] for row, cell in zip(rows, cells, strict=True) if cell in fits]))


def counted(
    cells: Iterable[Cell], picks: Picks, own: Mapping[str, int] | None
) -> tuple[int, dict[str, dict[Any, int]], list[Cell]]:
    """Return how many fit, how many each value would leave if its facet were not narrowed yet, and the kinds that fit."""
    total, by, fitting = 0, {name: Counter[Any]() for name in COUNTED}, []
    narrowed = [(place, picks[name]) for place, name in enumerate(COUNTED) if picks.get(name)]
    for cell in cells:
        status = cell[4] if own is None else cell[5] or own.get(cell[4], 0)
        values = (*cell[:4], status)
        missed = [place for place, wanted in narrowed if values[place] not in wanted]
        if not missed:
            total += cell[6]
            fitting.append(cell)
            for name, value in zip(COUNTED, values, strict=True):
                by[name][value] += cell[6]
        elif len(missed) == 1:
            by[COUNTED[missed[0]]][values[missed[0]]] += cell[6]
    return total, {name: dict(numbers) for name, numbers in by.items()}, fitting


def in_common(cells: Iterable[Cell]) -> Q:
    """Return a condition on columns of one index that all ideas of these kinds meet."""
    shapes: dict[tuple[bool, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        shapes[tuple(bool(value) for value in cell[1:4])].append(cell)
    found = Q(pk__in=[])
    for shape, alike in shapes.items():
        part = Q(campaign_id__in=_different(alike, 0), progress__in=_different(alike, 4))
        for place, (column, is_set) in enumerate(zip(_COLUMNS[1:4], shape, strict=True), 1):
            part &= Q(**{f"{column}__in": _different(alike, place)}) if is_set else Q(**{f"{column}__isnull": True})
        found |= part
    return found


def _different(cells: Iterable[Cell], place: int) -> list[Any]:
    return sorted({cell[place] for cell in cells})
