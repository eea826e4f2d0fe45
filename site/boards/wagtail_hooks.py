"""What this room adds to the Wagtail admin: one menu, the closed room, and answers that are owed on the first page."""

from datetime import timedelta

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from boards.models import Application
from boards.queries.advice import shown_recommendations, with_clock
from boards.views.applications import RIGHTS as OFFICE
from boards.views.applications import ApplicationsView
from boards.views.staff import RIGHTS, RoomView
from boards.viewsets import BoardGroup

register_snippet(BoardGroup)
AHEAD = timedelta(days=14)


class ForEditors(MenuItem):
    """Shown to those who may open the page."""

    def is_shown(self, request: HttpRequest) -> bool:
        return all(request.user.has_perm(right) for right in {*RIGHTS, *OFFICE})


@hooks.register("register_admin_menu_item")
def room_item() -> MenuItem:
    """Lead to the closed room."""
    return ForEditors(
        _("Closed room of the board"), reverse_lazy("boards_cms:room"), name="board_room", icon_name="lock", order=266
    )


@hooks.register("register_admin_menu_item")
def applications_item() -> MenuItem:
    """Lead to the applications."""
    address = reverse_lazy("boards_cms:applications")
    return ForEditors(_("Applications to the board"), address, name="board_applications", icon_name="mail", order=267)


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern | URLResolver]:
    """Opening the closed room, and who wants to come in."""
    pages = [
        path("raum/", RoomView.as_view(), name="room"),
        path("bewerbungen/", ApplicationsView.as_view(), name="applications"),
    ]
    return [path("beirat/", include((pages, "boards_cms")))]


class OwedPanel(Component):
    """Recommendations whose answer is due soon or overdue."""

    name, order = "boards_owed", 95
    template_name = "boards/cms/owed_panel.html"

    def get_context_data(self, parent_context: dict[str, object] | None = None) -> dict[str, object]:
        rows = shown_recommendations().filter(answers=None, answer_by__lte=timezone.localdate() + AHEAD)
        owed = [
            with_clock(row)
            for row in rows.select_related("board").prefetch_related("answers").order_by("answer_by")[:8]
        ]
        return {"owed": owed, "url": reverse("wagtailsnippets_boards_answer:add")}


class WaitingPanel(Component):
    """How many applications wait; who sent them is said on their own page only."""

    name, order = "boards_applications", 96
    template_name = "boards/cms/waiting_panel.html"

    def get_context_data(self, parent_context: dict[str, object] | None = None) -> dict[str, object]:
        count = Application.objects.filter(state=Application.State.OPEN).count()
        return {"count": count, "url": reverse("boards_cms:applications")}


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show each to those who can do something about it."""
    if all(request.user.has_perm(right) for right in OFFICE):
        panels.append(WaitingPanel())
    if request.user.has_perm("boards.add_answer"):
        panels.append(OwedPanel())
