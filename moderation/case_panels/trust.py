"""Whether what its author writes appears at once, and the way to change that."""

from typing import Any

from moderation.models import Case
from moderation.panels import CasePanel, case_panel
from moderation.queries.modes import is_trusted


@case_panel
class TrustOfAuthor(CasePanel):
    """A line about trust beside the form."""

    template = "moderation/cms/parts/trust.html"
    place, order = "side", 90

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        if case.author is None or case.kind == Case.COMPLAINT_KIND:
            return None
        return {"is_trusted": is_trusted(case.author, case.campaign_id_copy or 0)}
