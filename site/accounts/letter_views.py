"""Letters with codes in the Wagtail admin: who asked, and printing them in one go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.letter_sheets import sheets
from accounts.letters import print_letters, waiting
from accounts.models import LetterCode, Verification
from theme.town import town_for

RIGHT = "accounts.change_lettercode"
# One pile; the rest waits for the next one.
MOST = 200


class LettersView(WagtailAdminTemplateMixin, View):
    """The letters that wait; a POST prints those that are ticked. Their addresses are then gone from here."""

    page_title = gettext_lazy("Letters with codes")
    header_icon = "mail"
    template_name = "accounts/cms/letters.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse("letters"), "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        said = {
            "letters": list(waiting()[:MOST]),
            "printed": LetterCode.objects.exclude(printed_at=None).count(),
            "used": Verification.objects.filter(level=Verification.Level.LETTER).count(),
        }
        response: HttpResponse = self.render_to_response(self.get_context_data(**said))
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        numbers = [int(one) for one in request.POST.getlist("brief")[:MOST] if one.isdecimal() and len(one) < 19]
        letters = print_letters(numbers)
        if not letters:
            messages.warning(request, _("No letter is ticked, or somebody else has printed them meanwhile."))
            return redirect("letters")
        headers = {"Content-Disposition": 'attachment; filename="briefe.pdf"', "X-Content-Type-Options": "nosniff"}
        return HttpResponse(sheets(letters, town_for(request)), content_type="application/pdf", headers=headers)
