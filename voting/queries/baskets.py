"""Reading baskets: one's own, the projects to choose from, and what a sealed phase keeps of all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from ideas.models import Campaign, Idea, Phase
from voting import voter_keys
from voting.basket_rules import rules_of, settings_of
from voting.models import Basket, BasketItem, Project

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class BasketState:
    """A basket as it is saved. ``spent`` is in cents; ``counts`` tells whether it counts in the result as it is."""

    ideas: frozenset[int] = frozenset()
    version: int = 0
    spent: int = 0
    counts: bool = False

    @property
    def is_saved(self) -> bool:
        return self.version > 0


def state_of(basket: Basket, idea_ids: Iterable[int], phase: Phase) -> BasketState:
    """Return a basket as others see it."""
    counts = rules_of(phase).counts(basket.number)
    return BasketState(frozenset(idea_ids), basket.version, basket.spent_cents, counts)


def basket_of(key: str, phase: Phase) -> BasketState:
    """Return the saved basket of a voter; an empty one of version 0 before the first."""
    basket = Basket.objects.filter(phase=phase, voter_key=key).first()
    if basket is None:
        return BasketState()
    return state_of(basket, basket.items.values_list("project__idea", flat=True), phase)


def own_basket(user: "User | AnonymousUser", phase: Phase) -> BasketState | None:
    """Return one's own basket; None when nobody can tell any more whose it is."""
    if not user.is_authenticated:
        return BasketState()
    try:
        return basket_of(voter_keys.voter_key(phase.campaign_id, user), phase)
    except voter_keys.KeyGone:
        return None if Basket.objects.filter(campaign=phase.campaign_id).exists() else BasketState()


def budget_phase(campaign: Campaign, at: datetime) -> Phase | None:
    """Return the budget phase to show: the one that runs, else the one that began last, else the next."""
    phases = [phase for phase in campaign.phases.all() if phase.method == Phase.Method.BUDGET and phase.allows_support]
    begun = [phase for phase in phases if phase.opens_at <= at]
    return begun[-1] if begun else (phases[0] if phases else None)


def projects_of(phase: Phase) -> list[Project]:
    """Return all projects of a phase with what a row shows, by title; ideas that are no longer public, too."""
    joins = ("idea__district", "idea__picture", "idea__topic", "idea__campaign", "idea__merged_into")
    return list(Project.objects.filter(phase=phase).select_related(*joins).order_by("idea__title", "pk"))


def is_there(project: Project) -> bool:
    """Tell whether a project can be chosen: its idea is still public."""
    return project.idea.state == Idea.State.PUBLIC


def title_of(project: Project) -> str:
    """Return the title, where everybody may read the idea."""
    return project.idea.title if project.idea.state in Idea.READABLE else _("A project that is no longer public")


def snapshot_of_baskets(phase: Phase) -> dict[str, Any]:
    """Count the baskets of a phase anew from their rows, for its sealed result; no basket can be told from it."""
    rules = rules_of(phase)
    counting = Basket.objects.filter(phase=phase, number__gt=0)
    if rules.rule == Phase.BudgetRule.EXACTLY:
        counting = counting.filter(number=rules.number or 0)
    rows = BasketItem.objects.filter(basket__in=counting).values_list("project__idea").annotate(n=Count("pk"))
    levels = counting.values_list("level").annotate(n=Count("pk"))
    costs = Project.objects.filter(phase=phase).values_list("idea", "cost_cents")
    return {
        **settings_of(rules),
        "people": counting.count(),
        "incomplete": Basket.objects.filter(Q(phase=phase, number__gt=0)).exclude(pk__in=counting.values("pk")).count(),
        "projects": {str(idea): number for idea, number in sorted(rows)},
        "costs": {str(idea): cost for idea, cost in sorted(costs)},
        "levels": {str(level): number for level, number in sorted(levels)},
    }
