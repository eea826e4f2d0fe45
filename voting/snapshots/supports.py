"""Supports as a result counts them: by idea and by how well the town knew the voters."""

from typing import Any

from django.db.models import Count

from ideas.models import Phase
from voting.models import Ballot, Vote
from voting.queries import counted
from voting.sealing import digest_of_rows


def snapshot_of_supports(phase: Phase) -> dict[str, Any]:
    """Count the supports of the phase's campaign; those set apart for review stand in ``held`` only."""
    supports = counted(phase.campaign)
    return {
        "people": Ballot.objects.filter(campaign=phase.campaign_id, used__gt=0).count(),
        "total": sum(supports.values()),
        "supports": {str(idea): number for idea, number in supports.items()},
        "levels": levels(phase.campaign_id),
        "held": held(phase.campaign_id),
        "rows": rows_digest(phase.campaign_id),
    }


def levels(campaign_id: int) -> dict[str, int]:
    """Return how many supports came from people known so well."""
    votes = Vote.objects.filter(campaign=campaign_id, quarantine=None).values_list("level").annotate(number=Count("pk"))
    return {str(level): number for level, number in votes.order_by("level")}


def held(campaign_id: int) -> dict[str, int]:
    """Return how many supports of each idea were set apart for review when it was counted."""
    votes = Vote.objects.filter(campaign=campaign_id, quarantine__isnull=False).values_list("idea_id")
    return {str(idea): number for idea, number in votes.annotate(number=Count("pk")).order_by("idea_id")}


def rows_digest(campaign_id: int) -> str:
    """Return the hash over all rows of supports: whose each is stands in it by the keyed hash only."""
    columns = ("idea_id", "voter_key", "value", "level", "quarantine_id")
    return digest_of_rows(Vote.objects.filter(campaign=campaign_id).order_by().values_list(*columns))
