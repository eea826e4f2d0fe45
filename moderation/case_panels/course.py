"""The course of the case: who took it, what came in."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel


@case_panel
class Course(CasePanel):
    """The course of the case: who took it, what came in."""

    template = "moderation/cms/parts/course.html"
    order = 60

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        return {"events": list(case.events.select_related("actor"))}
