"""Complaints wait in the same queue as everything else; they are decided on their own page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from moderation.models import Case, Complaint
from moderation.registry import Moderated, Snapshot, moderates


@moderates(Case.COMPLAINT_KIND)
class ModeratedComplaint(Moderated):
    label = gettext_lazy("Complaint")
    yours = gettext_lazy("your complaint")
    preview_template = "moderation/cms/complaint_text.html"

    def describe(self, object_id: int) -> Snapshot | None:
        complaint = Complaint.objects.select_related("decision__case").filter(pk=object_id).first()
        if complaint is None:
            return None
        case = complaint.decision.case
        return Snapshot(
            title=complaint.decision.subject_title, excerpt=complaint.text, author_id=case.author_id,
            author_name=case.author_name, campaign_id=case.campaign_id_copy, campaign_title=case.campaign_title,
            version=1, state=complaint.outcome, url="",
        )  # fmt: skip

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        return {"subject": Complaint.objects.get(pk=object_id)}

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        raise Refused(_("Complaints are decided on their own page."), code="complaint", status=422)

    def reportable(self, object_id: int, user: Any) -> None:
        return None
