"""The reports on this contribution, bundled."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel


@case_panel
class Reports(CasePanel):
    """The reports on this contribution, bundled."""

    template = "moderation/cms/parts/reports.html"
    order = 10

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        found = list(case.reports.all())
        return {"reports": found} if found else None
