"""What the page of a basket shows: rules, projects, what is chosen, what is saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from common.money import euro
from ideas.models import Campaign, Idea, Phase
from ideas.rules import counts_shown
from voting.basket_rules import BasketRules
from voting.chosen import Chosen
from voting.models import Project
from voting.queries.baskets import BasketState, is_there


@dataclass(frozen=True)
class Row:
    """One project of the list. ``lacks`` tells how many cents are missing for it; ``number`` is None while hidden."""

    project: Project
    is_in: bool
    lacks: int
    number: int | None

    @property
    def idea(self) -> Idea:
        return self.project.idea

    @property
    def cost(self) -> int:
        return self.project.cost_cents


@dataclass(frozen=True)
class Page:
    """Everything about one basket at one moment."""

    campaign: Campaign
    phase: Phase
    rules: BasketRules
    projects: list[Project]
    saved: BasketState | None
    chosen: Chosen
    at: datetime

    @property
    def state(self) -> str:
        """Return ``before``, ``open`` or ``over``."""
        if self.at < self.phase.opens_at:
            return "before"
        is_open = self.phase.sealed_at is None and self.at < self.phase.closes_at and bool(self.phase.budget_cents)
        return "open" if is_open else "over"

    @property
    def there(self) -> list[Project]:
        return [project for project in self.projects if is_there(project)]

    @property
    def in_basket(self) -> list[Project]:
        return [project for project in self.there if project.idea_id in self.chosen.ideas]

    @property
    def spent(self) -> int:
        return sum(project.cost_cents for project in self.in_basket)

    @property
    def left(self) -> int:
        return self.rules.budget - self.spent

    @property
    def is_changed(self) -> bool:
        """Tell whether something is chosen that is not saved."""
        return self.saved is not None and self.chosen.ideas != self.saved.ideas

    @property
    def number_words(self) -> str:
        """Return how many are chosen, of how many."""
        number = len(self.in_basket)
        if self.rules.rule == Phase.BudgetRule.SUM:
            return _("%(number)d chosen") % {"number": number}
        return _("%(number)d of %(most)d chosen") % {"number": number, "most": self.rules.number or 0}

    @property
    def standing(self) -> str:
        """Return in one sentence whether this basket is saved and counts."""
        if self.saved is None:
            return _("Nobody can tell any more which basket was whose.")
        if self.is_changed:
            return _("Not saved yet.") if self.saved.is_saved or self.chosen.ideas else ""
        if not self.saved.is_saved:
            return _("Your basket is still empty.")
        if self.saved.counts:
            return _("Saved. Your basket counts.")
        if not self.saved.ideas:
            return _("Saved: an empty basket. It does not count.")
        return _("Saved, but it does not count yet: choose exactly %(number)d.") % {"number": self.rules.number or 0}

    def rows(self) -> list[Row]:
        shown, left = counts_shown(self.campaign, self.at), self.left
        return [
            Row(
                project,
                project.idea_id in self.chosen.ideas,
                max(0, project.cost_cents - left) if project.idea_id not in self.chosen.ideas else 0,
                project.number if shown else None,
            )
            for project in self.there
        ]

    def gone(self) -> list[dict[str, Any]]:
        """Return what can no longer be chosen, with the reason; of hidden ideas nobody reads the title."""
        held = self.saved.ideas if self.saved else frozenset()
        return [
            {**why_gone(project), "was_in": project.idea_id in held, "cost": euro(project.cost_cents)}
            for project in self.projects
            if not is_there(project)
        ]


def why_gone(project: Project) -> dict[str, Any]:
    """Return title, address and reason of a project whose idea is no longer public."""
    idea = project.idea
    if idea.state == Idea.State.WITHDRAWN:
        return {"title": idea.title, "url": idea.get_absolute_url(), "why": _("The idea was withdrawn.")}
    if idea.state == Idea.State.MERGED:
        words = _("The idea was merged with another one.")
        return {"title": idea.title, "url": idea.get_absolute_url(), "why": words}
    return {"title": _("A project that is no longer public"), "url": "", "why": _("Its idea is hidden at the moment.")}
