"""Earlier decisions on this very contribution."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel
from moderation.queries import history


@case_panel
class Earlier(CasePanel):
    """Earlier decisions on this very contribution."""

    template = "moderation/cms/parts/earlier.html"
    order = 30

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        found = history.of_subject(case)
        return {"earlier": found} if found else None
