"""Who wrote it, as far as the record knows: decisions, never the person."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel
from moderation.queries import history


@case_panel
class Author(CasePanel):
    """Who wrote it, as far as the record knows: decisions, never the person."""

    template = "moderation/cms/parts/author.html"
    order = 50

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        return {"author": history.of_author(case, user)}
