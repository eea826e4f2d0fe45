"""What this room adds to the Wagtail admin, and what it takes away so that editors find their way."""

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.snippets.models import register_snippet

from cms import desk, keeping, language_hooks, soon, views  # noqa: F401 – registers what languages need
from cms.blocks.choosers import campaign_chooser, idea_chooser
from cms.models import CampaignPage, ChapterPage
from cms.viewsets import ContactsGroup, GoalsGroup

register_snippet(GoalsGroup)
register_snippet(ContactsGroup)

# Entries of the admin's menus that only make work here.
HIDDEN = {"help", "forms"}


@hooks.register("register_admin_viewset")
def choosers() -> list[ViewSet]:
    """Choosing campaigns and ideas."""
    return [campaign_chooser, idea_chooser]


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Copying a campaign with its page; taking over a table of values."""
    return [
        path("kampagnen/<int:pk>/kopieren/", views.copy_campaign, name="copy_campaign"),
        path("kennzahlen/uebernehmen/", views.SeriesImportView.as_view(), name="import_series"),
    ]


@hooks.register("before_serve_page")
def keep_groups_closed(page: Page, request: HttpRequest, *_args: object) -> None:
    """The page of a closed campaign is a missing page for those who are not members."""
    if isinstance(page, CampaignPage) and not page.exists_for(request.user):
        raise Http404


@hooks.register("before_serve_page")
def keep_chapters_with_report(page: Page, *_args: object) -> None:
    """A chapter is there for everybody when its report is."""
    if isinstance(page, ChapterPage) and not page.report.live:
        raise Http404


class SoonPanel(Component):
    """What needs an editor soon: campaigns that end, pages that appear or disappear, pictures whose licence ends."""

    name, order = "cms_soon", 90
    template_name = "cms/admin/soon_panel.html"

    def get_context_data(self, parent_context: dict[str, object] | None = None) -> dict[str, object]:
        return {
            "phases": soon.ending_phases(),
            "appearing": soon.appearing_pages(),
            "disappearing": soon.disappearing_pages(),
            "pictures": soon.ending_pictures(),
            "contacts": soon.contacts_to_check(),
            "versions": soon.outdated_versions(),
        }


@hooks.register("construct_homepage_panels")
def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show it on the admin's first page to those who edit pages."""
    if PagePermissionPolicy().user_has_any_permission(request.user, ["add", "change", "publish"]):
        panels.append(SoonPanel())


@hooks.register("construct_main_menu")
def fewer_entries(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Take away what is of no use here."""
    menu_items[:] = [item for item in menu_items if item.name not in HIDDEN]
