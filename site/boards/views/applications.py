"""Applications for the office: read, accepted with an invitation, or declined."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.actions.applying import accept, decline
from boards.models import Application, Room
from boards.views.staff import RoomFrame
from common.errors import Refused

# Who keeps the members' names may read who wants to be one.
RIGHTS = ("ideas.change_campaign", "boards.change_seat")
MOST = 200
LONGEST_ID = 18


class ApplicationsView(RoomFrame):
    """All applications that are still kept; those that wait come first."""

    page_title: str | Promise = gettext_lazy("Applications to the board")
    header_icon = "mail"
    template_name = "boards/cms/applications.html"
    rights = RIGHTS

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Application.objects.select_related("decided_by")
        waiting = list(rows.filter(state=Application.State.OPEN)[:MOST])
        answered = list(rows.exclude(state=Application.State.OPEN).order_by("-decided_at", "-pk")[:MOST])
        has_room = Room.objects.exists()
        return self.render_to_response(self.get_context_data(waiting=waiting, answered=answered, has_room=has_room))

    def post(self, request: HttpRequest) -> HttpResponse:
        word, does = request.POST.get("application", ""), request.POST.get("action", "")
        number = int(word) if word.isascii() and word.isdecimal() and len(word) <= LONGEST_ID else 0
        try:
            messages.success(request, self.answer(number, does))
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("boards_cms:applications")

    def answer(self, number: int, does: str) -> str:
        """Do what the pressed button says; return what to say about it."""
        by: Any = self.request.user
        if does == "accept":
            accept(application_id=number, by=by)
            return _("The invitation is on its way.")
        if does == "decline":
            decline(application_id=number, by=by)
            return _("The refusal is on its way.")
        raise Refused(_("Please press one of the buttons."), code="action", status=422)
