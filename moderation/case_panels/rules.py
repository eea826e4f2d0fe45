"""What counts here: the rules in force."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel
from moderation.queries import rules_in_force


@case_panel
class Rules(CasePanel):
    """What counts here: the rules in force."""

    template = "moderation/cms/parts/rules.html"
    order = 20

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        return {"rules": rules_in_force()}
