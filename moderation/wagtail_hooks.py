"""Moderation inside Wagtail's admin: addresses, menu, signs, and a panel on its start page."""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from accounts.models import User
from moderation import rules
from moderation.queries.queue import overview
from moderation.views import cases, complaints, rulebook

PAGES = [
    path("", cases.QueueView.as_view(), name="queue"),
    path("beschwerden/", complaints.ComplaintsView.as_view(), name="complaints"),
    path("beschwerden/<int:complaint_id>/", complaints.ComplaintView.as_view(), name="complaint"),
    path("regeln/", rulebook.RulesView.as_view(), name="rules"),
    path("regeln/<int:number>/", rulebook.RuleView.as_view(), name="rule"),
    path("neu/<slug:kind>/<int:object_id>/", cases.OpenView.as_view(), name="open"),
    path("<int:case_id>/", cases.CaseView.as_view(), name="case"),
    path("<int:case_id>/uebernehmen/", cases.ClaimView.as_view(), name="claim"),
    path("<int:case_id>/abgeben/", cases.ReleaseView.as_view(), name="release"),
    path("<int:case_id>/brief/", cases.LetterPreview.as_view(), name="preview"),
    path("<int:case_id>/beitrag/", cases.Contribution.as_view(), name="contribution"),
]


class ForModerators(MenuItem):
    """A menu item only moderators see; with ``counted`` it says how much waits."""

    def __init__(self, *args: Any, counted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted = counted

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.may_decide(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        waiting = overview(cast(User, request.user)).waiting if self.counted else 0
        if waiting:
            component.label = f"{self.label} ({waiting if waiting < 100 else '99+'})"
        return component


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern | URLResolver]:
    """Put the pages below ``/cms/moderation/``."""
    return [path("moderation/", include((PAGES, "moderation_cms")))]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Lead to the queue."""
    return ForModerators(
        _("Moderation"),
        reverse_lazy("moderation_cms:queue"),
        name="moderation",
        icon_name="mw-scale",
        order=90,
        counted=True,
    )


@hooks.register("register_icons")
def signs(icons: list[str]) -> list[str]:
    """Add the scale to Wagtail's signs."""
    return [*icons, "moderation/icons/mw-scale.svg"]


class WaitingPanel(Component):
    """On the admin's start page: what waits, since when, what is mine."""

    template_name = "moderation/cms/panel.html"
    order = 40

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"overview": overview(cast(User, self.request.user))}


@hooks.register("construct_homepage_panels")
def home_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show the panel to moderators."""
    if rules.may_decide(request.user):
        panels.append(WaitingPanel(request))
