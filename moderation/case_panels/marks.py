"""Why this case deserves a second look: the marks of the assistance, each explaining itself."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel
from moderation.queries.assistance import marks_on


@case_panel
class Marks(CasePanel):
    """Marks with their places; they decide nothing."""

    template = "moderation/cms/parts/marks_explained.html"
    order = 5

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        found = marks_on(case, user)
        return {"marks_said": found} if found else None
