"""Grave cases, inside Wagtail's admin: propose, confirm, fetch the evidence."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from common.errors import Refused
from moderation.actions.escalation import escalate, hand_out_evidence, settle_escalation
from moderation.models import Case, Escalation
from moderation.views.frame import ModeratorView

LARGEST = 2**63 - 1


class GraveCasesView(ModeratorView):
    """All grave cases, those that wait for a second person first."""

    page_title = gettext_lazy("Grave cases")
    crumb = gettext_lazy("Grave cases")
    template_name = "moderation/cms/grave_cases.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = Escalation.objects.filter(case__in=Case.objects.visible_to(self.moderator))
        found = found.select_related("case", "first", "second").order_by("-pk")
        waiting = list(found.filter(state=Escalation.State.PROPOSED)[:100])
        return self.answer(waiting=waiting, done=found.exclude(state=Escalation.State.PROPOSED)[:100])


class ProposeView(ModeratorView):
    """Secure what is there and propose it."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        try:
            escalate(case_id=min(case_id, LARGEST), actor=self.moderator, reason=request.POST.get("reason", ""))
        except Refused as refusal:
            return back(request, refusal, case_id)
        messages.success(request, _("Secured and proposed. Please ask a second person to look at it now."))
        return redirect("moderation_cms:case", case_id=case_id)


class SettleView(ModeratorView):
    """Confirm or decline."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest, escalation_id: int) -> HttpResponse:
        confirm, answer = request.POST.get("confirm") == "yes", request.POST.get("answer", "")
        try:
            found = settle_escalation(
                escalation_id=min(escalation_id, LARGEST), actor=self.moderator, confirm=confirm, answer=answer
            )
        except Refused as refusal:
            row = Escalation.objects.filter(pk=min(escalation_id, LARGEST)).first()
            return back(request, refusal, row.case_id if row else None)
        messages.success(request, _("Settled: %(state)s.") % {"state": found.get_state_display()})
        return redirect("moderation_cms:case", case_id=found.case_id)


class EvidenceView(ModeratorView):
    """Hand out the package; by POST, so that no browser fetches it on its own."""

    http_method_names = ["post"]  # noqa: RUF012

    def post(self, request: HttpRequest, escalation_id: int) -> HttpResponse:
        package = hand_out_evidence(escalation_id=min(escalation_id, LARGEST), actor=self.moderator)
        answer = HttpResponse(bytes(package.data), content_type="application/zip")
        answer["Content-Disposition"] = f'attachment; filename="beweise-{package.escalation_id}.zip"'
        return answer


def back(request: HttpRequest, refusal: Refused, case_id: int | None) -> HttpResponse:
    """Lead back to the case with a word; what is nobody's business stays a refusal."""
    if refusal.status in (403, 404) or case_id is None:
        raise refusal
    messages.error(request, str(refusal))
    return redirect("moderation_cms:case", case_id=case_id)
