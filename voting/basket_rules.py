"""What a basket may hold, in words people read before they vote and in refusals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.errors import Refused
from common.money import euro
from ideas.models import Phase
from voting.models import DistrictCap, Project

Rule = Phase.BudgetRule


@dataclass(frozen=True)
class BasketRules:
    """The rules of one phase. Sums are in cents; ``caps`` are by district, ``names`` the districts' names."""

    budget: int
    rule: str
    number: int | None
    caps: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        """Return the rules as they stand above the list."""
        found = [_("You share out up to %(sum)s.") % {"sum": euro(self.budget)}]
        number = self.number or 0
        if self.rule == Rule.EXACTLY:
            words = ngettext("Exactly %(number)d project.", "Exactly %(number)d projects.", number)
            found += [words % {"number": number}, _("A basket with fewer is kept, but it does not count yet.")]
        if self.rule == Rule.AT_MOST:
            words = ngettext("At most %(number)d project.", "At most %(number)d projects.", number)
            found.append(words % {"number": number})
        for district, most in self.caps.items():
            words = _("At most %(sum)s for projects in %(district)s.")
            found.append(words % {"sum": euro(most), "district": self.names[district]})
        return found

    def counts(self, number: int) -> bool:
        """Tell whether a basket with so many projects counts in the result."""
        return number == self.number if self.rule == Rule.EXACTLY else number > 0

    def require(self, projects: Iterable[Project]) -> None:
        """Refuse (422) what no basket may hold; too few for “exactly” is not refused, it just does not count."""
        chosen = list(projects)
        spent = sum(project.cost_cents for project in chosen)
        if spent > self.budget:
            words = _("Your basket costs %(spent)s. That is %(over)s more than the %(sum)s there are.")
            values = {"spent": euro(spent), "over": euro(spent - self.budget), "sum": euro(self.budget)}
            raise Refused(words % values, code="over_sum", status=422)
        if self.rule != Rule.SUM and len(chosen) > (self.number or 0):
            words = ngettext(
                "You can choose %(number)d project. Take one out first.",
                "You can choose %(number)d projects. Take one out first.",
                self.number or 0,
            )
            raise Refused(words % {"number": self.number or 0}, code="over_number", status=422)
        self._within_caps(chosen)

    def _within_caps(self, chosen: list[Project]) -> None:
        for district, most in self.caps.items():
            spent = sum(project.cost_cents for project in chosen if project.idea.district_id == district)
            if spent > most:
                words = _("For projects in %(district)s there are %(most)s at most; you have chosen %(spent)s.")
                values = {"district": self.names[district], "most": euro(most), "spent": euro(spent)}
                raise Refused(words % values, code="over_cap", status=422)


def rules_of(phase: Phase) -> BasketRules:
    """Return the rules of a phase."""
    caps = list(DistrictCap.objects.filter(phase=phase).select_related("district").order_by("district__name"))
    return BasketRules(
        budget=phase.budget_cents or 0,
        rule=phase.budget_rule,
        number=phase.budget_number,
        caps={cap.district_id: cap.most_cents for cap in caps},
        names={cap.district_id: cap.district.name for cap in caps},
    )


def settings_of(rules: BasketRules) -> dict[str, Any]:
    """Return the rules as a result or a snapshot keeps them."""
    caps = {str(district): most for district, most in sorted(rules.caps.items())}
    return {"budget": rules.budget, "rule": str(rules.rule), "number": rules.number, "caps": caps}
