"""Taking a case, giving it back, and handing it over."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from common.database import now
from common.errors import Refused
from moderation.actions import claim_case, hand_over, release_case
from moderation.queries.people import colleagues
from moderation.views.cases import OneCase
from theme.dates import clock


class ClaimView(OneCase):
    """Take a case, and prolong it while its page is open."""

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        try:
            case = claim_case(case_id=self.case.pk, actor=self.moderator)
            said = {
                "held": True,
                "text": _("Reserved for you until %(time)s.") % {"time": clock(case.claimed_until or now())},
            }
        except Refused as refusal:
            said = {"held": False, "text": str(refusal)}
        if request.headers.get("accept") == "application/json":
            return JsonResponse(said, status=200 if said["held"] else 409)
        (messages.success if said["held"] else messages.error)(request, said["text"])
        return redirect(self.address())


class ReleaseView(OneCase):
    """Give a case back."""

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        release_case(case_id=self.case.pk, actor=self.moderator, text=request.POST.get("text", ""))
        messages.success(request, _("The case is free again."))
        return redirect(f"{reverse('moderation_cms:queue')}?{self.query}")


class HandOverView(OneCase):
    """Give a case to a named colleague, with a word."""

    def post(self, request: HttpRequest, case_id: int) -> HttpResponse:
        chosen = request.POST.get("to", "")
        to = next((person for person in colleagues(self.case, self.moderator) if str(person.pk) == chosen), None)
        if to is None:
            messages.error(request, _("Please choose somebody else who may decide this case."))
            return redirect(self.address())
        try:
            hand_over(case_id=self.case.pk, actor=self.moderator, to=to, text=request.POST.get("text", "")[:400])
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address())
        messages.success(request, _("%(name)s sees this case first now.") % {"name": to})
        return redirect(f"{reverse('moderation_cms:queue')}?{self.query}")
