"""The result of a campaign: numbers, sealed votes, what was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cms.models import CampaignPage
from ideas.models import Campaign, Idea, Phase
from ideas.queries import results
from ideas.queries.phases import coming, result_has_begun, span
from ideas.rules import counts_shown
from voting.models import Result

MOST_SUPPORTED = 10


@dataclass(frozen=True)
class Place:
    """One idea in the sealed order of a vote."""

    number: int
    title: str
    url: str
    supports: int


@dataclass(frozen=True)
class SealedVote:
    """A vote that was closed, with the hash under which its count stands on record."""

    phase: str
    when: str
    people: int
    supports: int
    sealed_at: datetime
    sha256: str
    first: list[Place]


@dataclass(frozen=True)
class Outcome:
    """All that the page of the result shows."""

    figures: results.Figures
    decided: list[dict[str, object]]
    votes: list[SealedVote]
    next_phase: Phase | None
    hidden_until: datetime | None


def is_open(page: CampaignPage, at: datetime | None = None) -> bool:
    """Tell whether the campaign's result is to be seen: its phase has begun, or an editor has published it."""
    return page.result_shown or result_has_begun(page.campaign, at)


def outcome(campaign: Campaign) -> Outcome:
    """Return the result; supports only as far as they may be shown."""
    shown = counts_shown(campaign)
    return Outcome(
        figures=results.figures(campaign),
        decided=results.decided(campaign),
        votes=sealed_votes(campaign) if shown else [],
        next_phase=coming(campaign, timezone.now()),
        hidden_until=None if shown else campaign.counts_hidden_until,
    )


def sealed_votes(campaign: Campaign) -> list[SealedVote]:
    """Return the sealed votes of a campaign, the latest first."""
    rows = list(Result.objects.filter(campaign=campaign).select_related("phase").order_by("-pk")[:5])
    wanted = {int(idea) for row in rows for idea, _number in first_of(row)}
    ideas = {idea.pk: idea for idea in Idea.objects.listed(campaign).filter(pk__in=wanted)} if wanted else {}
    return [sealed_vote(row, ideas) for row in rows]


def first_of(row: Result) -> list[tuple[str, int]]:
    """Return the ideas with most supports as they were sealed; one more than are shown tells equals."""
    supports: dict[str, int] = row.snapshot["supports"]
    return sorted(supports.items(), key=lambda pair: (-pair[1], int(pair[0])))[: MOST_SUPPORTED * 2]


def sealed_vote(row: Result, ideas: dict[int, Idea]) -> SealedVote:
    """Return one vote; equal numbers share a place, and ideas that are not public any more are left out."""
    found = [(ideas[int(pk)], number) for pk, number in first_of(row) if int(pk) in ideas][:MOST_SUPPORTED]
    numbers = [number for _idea, number in found]
    first = [Place(numbers.index(number) + 1, idea.title, idea.get_absolute_url(), number) for idea, number in found]
    phase, snapshot = row.phase, row.snapshot
    return SealedVote(phase.name, span(phase), snapshot["people"], snapshot["total"], row.sealed_at, row.sha256, first)
