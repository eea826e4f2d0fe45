"""A grave case: propose it for the authorities, confirm it, fetch the evidence."""

from typing import Any

from moderation.models import Case, ContactPoint, Escalation
from moderation.panels import CasePanel, case_panel


@case_panel
class Grave(CasePanel):
    """Propose, confirm, fetch; who the authorities are."""

    template = "moderation/cms/parts/escalation.html"
    order = 90

    def context(self, case: Case, user: Any) -> dict[str, Any] | None:
        if case.kind in Case.OWN_PAGE:
            return None
        rows = Escalation.objects.filter(case=case).select_related("first", "second", "package").defer("package__data")
        found = rows.order_by("-pk").first()
        is_new = found is None or found.state == Escalation.State.DECLINED
        authorities = ContactPoint.load().authorities.splitlines() if found and not is_new else []
        return {
            "grave": found,
            "can_propose": is_new,
            "is_mine": bool(found and found.first == user),
            "authorities": authorities,
        }
