"""What ideas add to the Wagtail admin."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from ideas.models import Campaign
from ideas.rules import may_take_in
from ideas.views import desk
from ideas.views.export import table
from ideas.views.hint_report import HintReportView
from ideas.views.outlines import OutlinesView
from ideas.viewsets import ParticipationGroup
from search.actions import touch_campaign

register_snippet(ParticipationGroup)

DESK = [
    path("", desk.ListView.as_view(), name="list"),
    path("neu/", desk.NewView.as_view(), name="new"),
    path("<int:pk>/code/", desk.RenewView.as_view(), name="renew"),
]


class ForTheDesk(MenuItem):
    """A menu item for those who may take ideas in."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_take_in(request.user)


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern | URLResolver]:
    """Put the intake desk below ``/cms/eingang/``."""
    return [path("eingang/", include((DESK, "intake")))]


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """Lead to the intake desk."""
    return ForTheDesk(_("Intake"), reverse_lazy("intake:list"), name="intake", icon_name="mail", order=95)


@hooks.register("register_admin_urls")
def outline_address() -> list[URLPattern | URLResolver]:
    """Put the upload of outlines beside the list of districts."""
    return [path("stadtteile/umrisse/", OutlinesView.as_view(), name="ideas_cms_outlines")]


class ForEditors(MenuItem):
    """A menu item for those who keep campaigns."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("ideas.change_campaign")


@hooks.register("register_admin_urls")
def hint_address() -> list[URLPattern | URLResolver]:
    """Put the numbers of hints below ``/cms/hinweise/``."""
    return [path("hinweise/", HintReportView.as_view(), name="ideas_cms_hints")]


@hooks.register("register_reports_menu_item")
def hint_item() -> MenuItem:
    """Lead to the numbers of hints, among the reports."""
    return ForEditors(
        _("Hints at similar ideas"), reverse_lazy("ideas_cms_hints"), name="hints", icon_name="search", order=800
    )


@hooks.register("register_admin_urls")
def table_address() -> list[URLPattern | URLResolver]:
    """Put the table of a campaign's ideas below ``/cms/kampagnen/``."""
    return [path("kampagnen/<int:pk>/ideen.csv", table, name="ideas_cms_table")]


@hooks.register("register_snippet_listing_buttons")
def table_button(snippet: Model, user: Any, next_url: str | None = None) -> list[Button]:
    """Offer the table beside each campaign."""
    if not isinstance(snippet, Campaign):
        return []
    address = reverse("ideas_cms_table", args=[snippet.pk])
    return [Button(_("Ideas as a table (CSV)"), url=address, icon_name="download", priority=60)]


@hooks.register("after_edit_snippet")
def search_again(request: HttpRequest, snippet: Model) -> None:
    """Let search read a campaign's ideas anew: what is to be found of answers may have changed."""
    if isinstance(snippet, Campaign):
        with transaction.atomic():
            touch_campaign(snippet.slug)
