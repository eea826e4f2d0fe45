"""Complaints, inside Wagtail's admin: another person than the first one decides."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from common.errors import Refused
from moderation.actions import decide_complaint
from moderation.models import Case, Complaint
from moderation.public_forms import SecondLookForm
from moderation.queries import letters
from moderation.views.frame import ModeratorView

if TYPE_CHECKING:
    from accounts.models import User

UNPROCESSABLE = 422


def complaints_for(moderator: "User") -> QuerySet[Complaint]:
    """Return the complaints against decisions on cases that the moderator may see."""
    return Complaint.objects.filter(decision__case__in=Case.objects.visible_to(moderator))


class ComplaintsView(ModeratorView):
    """All complaints, open ones first."""

    page_title = gettext_lazy("Complaints")
    crumb = gettext_lazy("Complaints")
    template_name = "moderation/cms/complaints.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = complaints_for(self.moderator).select_related("decision__case", "first_actor", "decided_by")
        found = found.order_by("-created_at")
        waiting = list(found.filter(outcome="open")[:200])
        return self.answer(waiting=waiting, done=found.exclude(outcome="open")[:50])


class ComplaintView(ModeratorView):
    """One complaint: the decision, the letter, what the author says, and the second look."""

    template_name = "moderation/cms/complaint.html"

    @cached_property
    def complaint(self) -> Complaint:
        """Return the complaint of the address, or 404."""
        found = complaints_for(self.moderator).select_related(
            "decision__case", "decision__actor", "decision__rule_version__rule", "decided_by", "report"
        )
        complaint = found.filter(pk=min(self.kwargs["complaint_id"], 2**63 - 1)).first()
        if complaint is None:
            raise Http404
        return complaint

    @cached_property
    def case(self) -> Case:
        """Return the complaint's own case."""
        return Case.objects.filter(kind=Case.COMPLAINT_KIND, object_id=self.complaint.pk).latest("pk")

    @property
    def by_reporter(self) -> bool:
        """Tell whether somebody complains whose report changed nothing."""
        return self.complaint.report_id is not None

    def get(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        return self.page(SecondLookForm(initial={"version": self.case.version}, by_reporter=self.by_reporter))

    def post(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        if self.complaint.first_actor_id == request.user.pk:
            return self.page(None, status=403)
        form = SecondLookForm(request.POST, by_reporter=self.by_reporter)
        if not form.is_valid():
            return self.page(form, status=UNPROCESSABLE)
        data = form.cleaned_data
        try:
            decide_complaint(complaint_id=complaint_id, actor=self.moderator, **data)
        except Refused as refusal:
            self.__dict__.pop("complaint", None)
            self.__dict__.pop("case", None)
            return self.page(form, status=refusal.status, refusal=refusal)
        messages.success(request, _("The complaint is answered. It is in the record."))
        return redirect("moderation_cms:complaints")

    def page(self, form: SecondLookForm | None, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page around a form; the first decider gets none, but is told why."""
        complaint = self.complaint
        first = complaint.first_actor_id == self.request.user.pk
        self.crumb = _("Complaint %(number)d") % {"number": complaint.pk}
        self.page_title = complaint.decision.shown_title
        is_open = complaint.outcome == Complaint.Outcome.OPEN
        return self.answer(
            status, complaint=complaint, decision=complaint.decision, case=self.case, is_open=is_open, first=first,
            form=form if is_open and not first else None, letter=letters.letter(complaint.decision),
            subject=complaint.decision.case, **more,
        )  # fmt: skip
