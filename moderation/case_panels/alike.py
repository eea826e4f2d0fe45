"""How similar cases were decided."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel
from moderation.queries.memory import alike


@case_panel
class Alike(CasePanel):
    """How similar cases were decided."""

    template = "moderation/cms/parts/alike.html"
    order = 40

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        found = alike(case, user)
        return {"alike": found} if found else None
