"""What was counted on paper, always apart from the votes given here. Only confirmed totals are told to the public."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from ideas.models import Campaign, Idea, Phase
from ideas.rules import counts_shown
from voting.models import PaperCount

Totals = dict[int, dict[int, int]]


@dataclass(frozen=True)
class OnPaper:
    """A confirmed total: what was voted, how often, where it was counted."""

    value: int
    number: int
    places: tuple[str, ...]


def confirmed(**condition: object) -> "QuerySet[PaperCount]":
    """Return the totals that count: confirmed by a second person and not rejected since."""
    return PaperCount.objects.filter(rejected_at=None, confirmed_at__isnull=False, **condition)


def paper_totals(phase: Phase) -> Totals:
    """Return {idea: {value: number}} of the confirmed totals of a phase."""
    found: Totals = {}
    rows = confirmed(phase=phase).values_list("idea", "value").annotate(total=Sum("number")).order_by("idea", "value")
    for idea, value, total in rows:
        found.setdefault(idea, {})[value] = total
    return found


def snapshot_of_paper(phase: Phase) -> dict[str, dict[str, int]]:
    """Return the confirmed totals of a phase as they go into its result: {idea: {value: number}}, keys as text."""
    return {
        str(idea): {str(value): number for value, number in values.items()}
        for idea, values in paper_totals(phase).items()
    }


def paper_of(ideas: Iterable[Idea], campaign: Campaign) -> dict[int, int]:
    """Return {idea: supports counted on paper} over all phases of a campaign, as far as numbers may be shown."""
    if not counts_shown(campaign):
        return {}
    rows = confirmed(phase__campaign=campaign, phase__method=Phase.Method.SUPPORT, idea__in=[one.pk for one in ideas])
    return dict(rows.values_list("idea").annotate(total=Sum("number")))


def paper_on(idea: Idea, phase: Phase) -> list[OnPaper]:
    """Return what was counted on paper for an idea in a phase, value by value."""
    found: dict[int, list[PaperCount]] = {}
    for row in confirmed(phase=phase, idea=idea).order_by("value", "place"):
        found.setdefault(row.value, []).append(row)
    return [
        OnPaper(value, sum(row.number for row in rows), tuple(row.place for row in rows))
        for value, rows in found.items()
    ]
