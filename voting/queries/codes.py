"""What can be asked about codes: the phase that takes them, what can be voted on with one, packages and how many are used."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from ideas.models import Campaign, Idea, Phase
from voting.models import CodePackage, Project


def phase_for_codes(campaign: Campaign, at: datetime) -> Phase | None:
    """Return the phase in which codes of the campaign are taken at that moment: [opens, closes), not sealed."""
    phases = Phase.objects.filter(campaign=campaign, allows_support=True, takes_codes=True, sealed_at=None)
    return phases.filter(opens_at__lte=at, closes_at__gt=at).order_by("closes_at").first()


def ideas_for(phase: Phase) -> list[Idea]:
    """Return the ideas on the ballot of a phase, by title: all that are public, or its projects."""
    ideas = Idea.objects.filter(campaign=phase.campaign_id, state=Idea.State.PUBLIC).select_related("district")
    if phase.method == Phase.Method.BUDGET:
        costs = dict(Project.objects.filter(phase=phase).values_list("idea", "cost_cents"))
        ideas = ideas.filter(pk__in=costs)
        for idea in (found := list(ideas.order_by("title", "pk"))):
            idea.cost_cents = costs[idea.pk]  # type: ignore[attr-defined]
        return found
    return list(ideas.order_by("title", "pk"))


def packages() -> "QuerySet[CodePackage]":
    """Return all packages with ``used``, the number of their used codes; the newest first."""
    used = Count("codes", filter=Q(codes__used_on__isnull=False))
    joins = ("phase__campaign", "made_by", "revoked_by")
    return CodePackage.objects.select_related(*joins).annotate(used=used).order_by("-made_at", "-pk")


@dataclass(frozen=True)
class CodeFigures:
    """How many codes of a phase were handed out, are used, and are worth nothing any more."""

    made: int
    used: int
    dead: int


def figures(phase: Phase) -> CodeFigures:
    """Return the figures of a phase."""
    rows = CodePackage.objects.filter(phase=phase).annotate(
        used=Count("codes", filter=Q(codes__used_on__isnull=False)), all=Count("codes")
    )
    found = list(rows.values_list("all", "used", "revoked_at"))
    dead = sum(made - used for made, used, revoked in found if revoked)
    return CodeFigures(sum(row[0] for row in found), sum(row[1] for row in found), dead)
