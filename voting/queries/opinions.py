"""What can be asked about opinions: the phase, one's own, the numbers as far as they may be shown, the whole for a result."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from ideas.models import Campaign, Phase
from ideas.rules import counts_shown
from voting import voter_keys
from voting.models import Opinion, OpinionTally
from voting.opinion_values import FOR, VALUES, Method
from voting.sealing import digest_of_rows

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


@dataclass(frozen=True)
class Tally:
    """How many gave which answer about one idea."""

    method: str
    numbers: dict[int, int]

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    @property
    def mean(self) -> float:
        """Return the mean number of stars, or the share that is for it (0 to 1); 0 without any answer."""
        if not self.total:
            return 0.0
        if self.method == Method.OPINION:
            return self.numbers.get(FOR, 0) / self.total
        return sum(value * number for value, number in self.numbers.items()) / self.total

    def share(self, value: int) -> int:
        """Return how many percent gave this answer, rounded."""
        return round(100 * self.numbers.get(value, 0) / self.total) if self.total else 0


@dataclass(frozen=True)
class OpinionState:
    """How a person stands to an idea: a value, 0 for none, None when nobody can tell any more (secret gone).

    ``tally`` is None while numbers are hidden.
    """

    value: int | None
    tally: Tally | None


def opinion_phase(campaign: Campaign, at: datetime) -> Phase | None:
    """Return the phase whose votes the pages of ideas show, if it takes opinions: now, else the last, else the next.

    Reads phases that were fetched with the campaign; for display only, the lock decides.
    """
    return shown_phase([phase for phase in campaign.phases.all() if phase.allows_support], at)


def opinion_phases(campaigns: Iterable[int], at: datetime) -> dict[int, Phase]:
    """Return the same for several campaigns, those with such a phase only: one statement."""
    found: dict[int, list[Phase]] = defaultdict(list)
    for phase in Phase.objects.filter(campaign__in=set(campaigns), allows_support=True):
        found[phase.campaign_id].append(phase)
    shown = {campaign: shown_phase(phases, at) for campaign, phases in found.items()}
    return {campaign: phase for campaign, phase in shown.items() if phase is not None}


def shown_phase(phases: list[Phase], at: datetime) -> Phase | None:
    """Return the phase in which people vote now, else the last, else the next – if it takes opinions."""
    shown = (
        next((phase for phase in phases if phase.opens_at <= at < phase.closes_at), None)
        or max((phase for phase in phases if phase.closes_at <= at), key=lambda phase: phase.closes_at, default=None)
        or next(iter(phases), None)
    )
    return shown if shown is not None and shown.method in VALUES else None


def tallies(phases: Iterable[Phase], ideas: Iterable[int]) -> dict[int, Tally]:
    """Return the numbers of these ideas in these phases, of which each idea has one: one statement for a whole page."""
    methods = {phase.pk: phase.method for phase in phases}
    rows = OpinionTally.objects.filter(phase__in=methods, idea__in=list(ideas), number__gt=0)
    found: dict[int, Tally] = {}
    for phase, idea, value, number in rows.values_list("phase_id", "idea_id", "value", "number"):
        found.setdefault(idea, Tally(methods[phase], {})).numbers[value] = number
    return found


def own_opinions(user: "Person", phases: Iterable[Phase], ideas: Iterable[int]) -> dict[int, int] | None:
    """Return what ``user`` says about these ideas: one statement; None when nobody can tell any more."""
    wanted = list(phases)
    if not user.is_authenticated:
        return {}
    rows = Opinion.objects.filter(phase__in=wanted, idea__in=list(ideas)).exclude(value=0)
    known = {phase.campaign_id for phase in wanted if voter_keys.has_secret(phase.campaign_id)}
    if not known:  # before the first vote of a campaign there is no secret yet
        return None if rows.exists() else {}
    keys = [voter_keys.voter_key(campaign, user) for campaign in known]
    return dict(rows.filter(voter_key__in=keys).values_list("idea_id", "value"))


def opinion_state(user: "Person", phase: Phase, idea_id: int, campaign: Campaign) -> OpinionState:
    """Return how ``user`` stands to an idea in a phase, by the database as it is now."""
    own = own_opinions(user, [phase], [idea_id])
    value = None if own is None else own.get(idea_id, 0)
    if not counts_shown(campaign):
        return OpinionState(value, None)
    return OpinionState(value, tallies([phase], [idea_id]).get(idea_id) or Tally(phase.method, {}))


def snapshot_of_opinions(phase: Phase) -> dict[str, Any]:
    """Count the rows of a phase themselves, for its result: by idea and answer, by how well the town knew the voters."""
    rows = Opinion.objects.filter(phase=phase)
    given = rows.exclude(value=0)
    opinions: dict[str, dict[str, int]] = defaultdict(dict)
    for idea, value, number in (
        given.values_list("idea_id", "value").annotate(number=Count("pk")).order_by("idea_id", "value")
    ):
        opinions[str(idea)][str(value)] = number
    levels = given.values_list("level").annotate(number=Count("pk")).order_by("level")
    return {
        "people": given.values("voter_key").distinct().count(),
        "total": sum(number for numbers in opinions.values() for number in numbers.values()),
        "opinions": dict(opinions),
        "levels": {str(level): number for level, number in levels},
        "rows": digest_of_rows(rows.order_by().values_list("idea_id", "voter_key", "value", "version", "level")),
    }
