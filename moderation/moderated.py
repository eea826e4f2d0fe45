"""Complaints wait in the same queue as everything else; they are decided on their own page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Refused
from moderation import moderated_profiles  # noqa: F401 - registers its kind
from moderation.models import Case, Complaint, ContactMessage
from moderation.registry import Moderated, Snapshot, moderates


@moderates(Case.COMPLAINT_KIND)
class ModeratedComplaint(Moderated):
    label = gettext_lazy("Complaint")
    yours = gettext_lazy("your complaint")
    preview_template = "moderation/cms/complaint_text.html"
    is_contribution = False

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


@moderates(Case.CONTACT_KIND)
class ModeratedMessage(Moderated):
    label = gettext_lazy("Message")
    yours = gettext_lazy("your message")
    preview_template = "moderation/cms/complaint_text.html"
    is_contribution = False

    def describe(self, object_id: int) -> Snapshot | None:
        message = ContactMessage.objects.filter(pk=object_id).first()
        if message is None:
            return None
        state = "answered" if message.answered_at else "open"
        return Snapshot(
            title=message.get_topic_display(), excerpt=message.text[:600], author_id=None, author_name=message.name,
            campaign_id=message.campaign_id_copy, campaign_title=message.campaign_title, version=1, state=state, url="",
        )  # fmt: skip

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        return {"subject": ContactMessage.objects.get(pk=object_id)}

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        raise Refused(_("Messages are answered on their own page."), code="own_page", status=422)

    def reportable(self, object_id: int, user: Any) -> None:
        return None
