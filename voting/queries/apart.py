"""Votes on an idea by how well the town knew who voted, and those from paper. Asked only where there can be some."""

from dataclasses import dataclass

from django.db.models import Count

from ideas.models import Idea, Phase
from ideas.rules import counts_shown
from voting.models import Opinion, Vote, VoterLevel
from voting.paper import values_of
from voting.queries.beside import beside
from voting.queries.paper import confirmed


@dataclass(frozen=True)
class ByLevel:
    """How many votes came in at one level."""

    level: int
    number: int

    @property
    def words(self) -> str:
        return str(VoterLevel(self.level).label)


@dataclass(frozen=True)
class Paper:
    """One total from paper: what was voted, how often, where."""

    words: str
    number: int
    places: str
    is_support: bool


def by_level(idea: Idea) -> list[ByLevel]:
    """Return the numbers by level: where votes can come in at more than one, and numbers are shown."""
    phases = [phase for phase in idea.campaign.phases.all() if phase.allows_support]
    if not counts_shown(idea.campaign) or not any(phase.level or phase.takes_codes for phase in phases):
        return []
    found: dict[int, int] = {}
    for rows in (Vote.objects.filter(idea=idea), Opinion.objects.filter(idea=idea).exclude(value=0)):
        if rows.model is Opinion and all(phase.method == Phase.Method.SUPPORT for phase in phases):
            continue
        for level, number in rows.values_list("level").annotate(number=Count("pk")):
            found[level] = found.get(level, 0) + number
    return [ByLevel(level, number) for level, number in sorted(found.items())]


def on_paper(idea: Idea) -> list[Paper]:
    """Return the confirmed totals for an idea, phase by phase and value by value."""
    if not counts_shown(idea.campaign) or not beside(idea).on_paper:
        return []
    rows = confirmed(idea=idea).select_related("phase").order_by("phase__opens_at", "value", "place")
    found: dict[tuple[Phase, int], list[tuple[int, str]]] = {}
    for row in rows:
        found.setdefault((row.phase, row.value), []).append((row.number, row.place))
    return [
        Paper(
            words=values_of(phase).get(value, str(value)),
            number=sum(number for number, _place in parts),
            places=", ".join(place for _number, place in parts),
            is_support=phase.method == Phase.Method.SUPPORT,
        )
        for (phase, value), parts in found.items()
    ]
