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
from moderation.actions.remits import may_give
from moderation.queries.queue import how_many, overview
from moderation.views import (
    assistance,
    bulk,
    cases,
    claims,
    complaints,
    dsa,
    escalations,
    messages,
    people,
    queue,
    record,
    remits,
    rulebook,
    trust,
)
from moderation.viewsets import LetterTemplateViewSet

PAGES = [
    path("", queue.QueueView.as_view(), name="queue"),
    path("viele/", bulk.BulkView.as_view(), name="bulk"),
    path("viele/erledigt/", bulk.RunsView.as_view(), name="bulk_runs"),
    path("viele/<int:run_id>/", bulk.RunView.as_view(), name="bulk_run"),
    path("zustaendig/", remits.RemitsView.as_view(), name="remits"),
    path("zustaendig/<int:person_id>/", remits.RemitView.as_view(), name="remit"),
    path("stand/", queue.LiveView.as_view(), name="live"),
    path("beschwerden/", complaints.ComplaintsView.as_view(), name="complaints"),
    path("beschwerden/<int:complaint_id>/", complaints.ComplaintView.as_view(), name="complaint"),
    path("nachrichten/", messages.MessagesView.as_view(), name="messages"),
    path("nachrichten/<int:message_id>/", messages.MessageView.as_view(), name="message"),
    path("protokoll/", record.RecordView.as_view(), name="record"),
    path("hilfen/", assistance.AssistanceView.as_view(), name="assistance"),
    path("hilfen/listen/<int:pk>/", assistance.WordListView.as_view(), name="word_list"),
    path("personen/", people.PeopleView.as_view(), name="people"),
    path("personen/<int:person_id>/", people.PersonView.as_view(), name="person"),
    path("personen/<int:person_id>/notiz/", people.PersonNoteView.as_view(), name="person_note"),
    path("vorschlaege/<int:proposal_id>/", people.ProposalView.as_view(), name="proposal"),
    path("begruendungen.json", people.StatementsView.as_view(), name="statements"),
    path("<int:case_id>/notiz/", people.NoteView.as_view(), name="note"),
    path("regeln/", rulebook.RulesView.as_view(), name="rules"),
    path("jahresbericht/", dsa.DsaView.as_view(), name="dsa"),
    path("vertrauen/", trust.TrustView.as_view(), name="trust"),
    path("vertrauen/<int:trust_id>/beenden/", trust.EndTrustView.as_view(), name="trust_end"),
    path("regeln/<int:number>/", rulebook.RuleView.as_view(), name="rule"),
    path("neu/<slug:kind>/<int:object_id>/", cases.OpenView.as_view(), name="open"),
    path("schwere-faelle/", escalations.GraveCasesView.as_view(), name="grave_cases"),
    path("schwere-faelle/<int:escalation_id>/", escalations.SettleView.as_view(), name="settle_grave"),
    path("schwere-faelle/<int:escalation_id>/beweise/", escalations.EvidenceView.as_view(), name="evidence"),
    path("<int:case_id>/schwer/", escalations.ProposeView.as_view(), name="grave"),
    path("<int:case_id>/", cases.CaseView.as_view(), name="case"),
    path("<int:case_id>/uebernehmen/", claims.ClaimView.as_view(), name="claim"),
    path("<int:case_id>/abgeben/", claims.ReleaseView.as_view(), name="release"),
    path("<int:case_id>/uebergeben/", claims.HandOverView.as_view(), name="hand_over"),
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
        waiting = how_many(cast(User, request.user)) if self.counted else 0
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


class ForAdministrators(MenuItem):
    """A menu item for those who give responsibilities."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_give(cast(User, request.user))


@hooks.register("register_settings_menu_item")
def remits_item() -> MenuItem:
    """Lead to who moderates what."""
    address = reverse_lazy("moderation_cms:remits")
    return ForAdministrators(_("Responsibilities"), address, name="moderation-remits", icon_name="mw-scale", order=900)


@hooks.register("register_admin_viewset")
def letter_templates() -> LetterTemplateViewSet:
    """Let moderators keep their letter templates."""
    return LetterTemplateViewSet()


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
