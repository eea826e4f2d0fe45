"""What can be put into baskets, chosen by editors before the vote begins; from then on it stands as it is."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.database import share_lock
from common.errors import Refused
from common.money import euro
from ideas.models import Idea, Phase
from voting.actions.locks import lock_name
from voting.models import DistrictCap, Project


def frozen() -> Refused:
    """Return the refusal once people vote."""
    words = _(
        "The vote has begun. Projects, their cost and the most for districts stay as they are, for everybody alike."
    )
    return Refused(words, code="frozen")


@transaction.atomic
def set_projects(*, phase: Phase, costs: Mapping[int, int], caps: Mapping[int, int] | None = None) -> None:
    """Make these ideas, by number, the projects with their cost in cents; with ``caps`` (by district) also the most.

    Raises ``Refused``: frozen (409), unknown, cost (422).
    """
    _require_before(phase)
    public = Idea.objects.filter(pk__in=costs, campaign=phase.campaign_id, state=Idea.State.PUBLIC)
    known = set(public.values_list("pk", flat=True)) | set(
        Project.objects.filter(phase=phase).values_list("idea", flat=True)
    )
    if unknown := sorted(costs.keys() - known):
        words = _("Idea %(number)d is not public in this campaign.") % {"number": unknown[0]}
        raise Refused(words, code="unknown", status=422)
    for number, cost in costs.items():
        require_cost(phase, number, cost)
    try:
        with transaction.atomic():
            _store(phase, costs, caps)
    except IntegrityError as error:  # the trigger: it has begun in this very moment
        raise frozen() from error


def require_cost(phase: Phase, number: int, cost: int) -> None:
    """Refuse a cost that nobody could choose."""
    if cost > (phase.budget_cents or 0):
        words = _("Idea %(number)d costs %(cost)s, more than the whole sum of %(sum)s. Nobody could choose it.")
        values = {"number": number, "cost": euro(cost), "sum": euro(phase.budget_cents or 0)}
        raise Refused(words % values, code="cost", status=422)


def _require_before(phase: Phase) -> None:
    moment = share_lock(lock_name(phase.campaign_id))
    fresh = Phase.objects.filter(pk=phase.pk, method=Phase.Method.BUDGET, allows_support=True).first()
    if fresh is None or fresh.opens_at <= moment:
        raise frozen()


def _store(phase: Phase, costs: Mapping[int, int], caps: Mapping[int, int] | None) -> None:
    Project.objects.filter(phase=phase).exclude(idea__in=costs).delete()
    for number, cost in sorted(costs.items()):
        Project.objects.update_or_create(phase=phase, idea_id=number, defaults={"cost_cents": cost})
    if caps is None:
        return
    DistrictCap.objects.filter(phase=phase).exclude(district__in=caps).delete()
    for district, most in sorted(caps.items()):
        DistrictCap.objects.update_or_create(phase=phase, district_id=district, defaults={"most_cents": most})
