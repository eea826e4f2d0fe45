"""The closed room for editors: open it, and invite its first host. They see who is in it, and nothing of what is there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from boards.actions.opening import open_room
from boards.models import BoardPage, Room
from common.errors import Refused

RIGHTS = ("ideas.change_campaign", "boards.change_meeting")


class RoomFrame(WagtailAdminTemplateMixin, View):
    """A page of the admin about the board, for those who have the rights; kept nowhere."""

    rights: tuple[str, ...] = RIGHTS

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not all(request.user.has_perm(right) for right in self.rights):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        answer["Cache-Control"] = "private, no-store"
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]


class RoomView(RoomFrame):
    """Whether there is a room, and the way to its members."""

    page_title: str | Promise = gettext_lazy("Closed room of the board")
    header_icon = "lock"
    template_name = "boards/cms/room.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        board = BoardPage.objects.order_by("pk").first()
        room = Room.objects.filter(board=board).select_related("campaign").first() if board else None
        people = room.campaign.members.count() if room else 0
        return self.render_to_response(self.get_context_data(board=board, room=room, people=people))

    def post(self, request: HttpRequest) -> HttpResponse:
        board = BoardPage.objects.order_by("pk").first()
        if board is None:
            raise Http404
        try:
            room = open_room(board)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("boards_cms:room")
        messages.success(request, _("The room is open. Invite the first member as a host."))
        return redirect("ideas:group", room.campaign.slug)
