"""Sealed votes as everybody can read them: what was counted, when, by whom closed, and opened again why."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ideas.models import Campaign, Idea, Phase
from ideas.queries.phases import span
from theme.dates import day
from voting.models import KeyDestroyed, Reopening, Result, VoterLevel
from voting.paper import values_of
from voting.sealing import HAND

MOST_SHOWN = 10
MOST_VOTES = 8


@dataclass(frozen=True)
class Place:
    """One idea in the sealed order of a vote, with its numbers in words."""

    number: int
    title: str
    url: str
    votes: int
    words: str


@dataclass(frozen=True)
class SealedVote:
    """A vote that was closed, with the hash under which its count stands on record."""

    number: int
    phase: str
    when: str
    people: int
    total: int
    sealed_at: datetime
    by_hand: bool
    sha256: str
    first: list[Place]
    levels: list[tuple[str, int]] = field(default_factory=list)
    paper: int = 0
    held: int = 0
    # Why it was opened again after this count, and until when; None where this is the last word.
    reopened: Reopening | None = None


def sealed_votes(campaign: Campaign) -> list[SealedVote]:
    """Return the sealed votes of a campaign, the latest first; whether numbers may be shown, the caller asks."""
    rows = list(Result.objects.filter(campaign=campaign).select_related("phase").order_by("-pk")[:MOST_VOTES])
    wanted = {int(idea) for row in rows for idea, _votes in first_of(row)}
    ideas = {idea.pk: idea for idea in Idea.objects.listed(campaign).filter(pk__in=wanted)} if wanted else {}
    opened = reopenings(row.phase_id for row in rows) if rows else []
    return [sealed_vote(row, ideas, opened_after(row, opened)) for row in rows]


def reopenings(phases: Iterable[int]) -> list[Reopening]:
    """Return when these phases were opened again, the first first."""
    return list(Reopening.objects.filter(phase__in=set(phases)).order_by("pk"))


def opened_after(row: Result, opened: list[Reopening]) -> Reopening | None:
    """Return the first reopening of the same phase after a result."""
    return next((one for one in opened if one.phase_id == row.phase_id and one.at >= row.sealed_at), None)


def numbers_of(snapshot: dict[str, Any]) -> dict[str, int]:
    """Return for each idea by which number ideas are put in order: supports, baskets, or votes on it."""
    if "opinions" in snapshot:
        return {idea: sum(numbers.values()) for idea, numbers in snapshot["opinions"].items()}
    found = snapshot.get("supports") or snapshot.get("projects") or {}
    return {idea: number if isinstance(number, int) else int(number.get("number", 0)) for idea, number in found.items()}


def balance(snapshot: dict[str, Any], idea: str, number: int) -> float:
    """Return what ideas are ordered by: the number, or for opinions what they say on the whole."""
    if "opinions" not in snapshot:
        return number
    values = snapshot["opinions"][idea]
    total = sum(int(value) * many for value, many in values.items())
    return total if snapshot.get("method") == Phase.Method.OPINION else total / max(1, number)


def first_of(row: Result) -> list[tuple[str, int]]:
    """Return the ideas that come first as they were sealed; more than are shown, as some may not be public any more."""
    found = numbers_of(row.snapshot)
    return sorted(found.items(), key=lambda pair: (-balance(row.snapshot, *pair), int(pair[0])))[: MOST_SHOWN * 2]


def sealed_vote(row: Result, ideas: dict[int, Idea], reopened: Reopening | None) -> SealedVote:
    """Return one vote; equal numbers share a place, and ideas that are not public any more are left out."""
    phase, snapshot = row.phase, row.snapshot
    found = [pair for pair in first_of(row) if int(pair[0]) in ideas][:MOST_SHOWN]
    ranks = [balance(snapshot, *pair) for pair in found]
    first = [
        _place(ranks.index(rank) + 1, ideas[int(pk)], votes, row)
        for (pk, votes), rank in zip(found, ranks, strict=True)
    ]
    paper = sum(sum(values.values()) for values in snapshot.get("paper", {}).values())
    return SealedVote(
        number=row.pk, phase=phase.name, when=span(phase), people=snapshot.get("people", 0), total=snapshot.get("total", 0),
        sealed_at=row.sealed_at, by_hand=snapshot.get("closed") == HAND, sha256=row.sha256, first=first,
        levels=_levels(snapshot), paper=paper, held=sum(snapshot.get("held", {}).values()), reopened=reopened,
    )  # fmt: skip


def _place(number: int, idea: Idea, votes: int, row: Result) -> Place:
    values = row.snapshot.get("opinions", {}).get(str(idea.pk), {})
    names = values_of(row.phase) if values else {}
    told = [
        f"{many} {names.get(int(value), value)}"
        for value, many in sorted(values.items(), key=lambda pair: -int(pair[0]))
    ]
    return Place(number, idea.title, idea.get_absolute_url(), votes, ", ".join(told))


def _levels(snapshot: dict[str, Any]) -> list[tuple[str, int]]:
    """Return how many votes came from people known so well, if there is more than one way."""
    levels = snapshot.get("levels", {})
    return [(str(VoterLevel(int(level)).label), number) for level, number in levels.items()] if len(levels) > 1 else []


def key_note(campaign: Campaign) -> str:
    """Return when the votes were or will be made anonymous for good; empty before the first result."""
    gone = KeyDestroyed.objects.filter(campaign=campaign).first()
    if gone is not None:
        words = _("Since %(day)s nobody can tell any more whose votes these were: the key was destroyed.")
        return words % {"day": day(gone.at)}
    last = Result.objects.filter(campaign=campaign).order_by("-sealed_at").first()
    running = Phase.objects.filter(campaign=campaign, allows_support=True, sealed_at=None, closes_at__gt=timezone.now())
    if last is None or running.exists():
        return ""
    words = _("On %(day)s the key is destroyed. After that nobody can tell any more whose votes these were.")
    return words % {"day": day(last.sealed_at + timedelta(days=settings.VOTING_KEY_DAYS))}
