"""What editors meet in the admin: the panel of what waits, the report of broken links, links in texts that keep their words."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.queries.waiting import edits, waiting
from cms.rich_links import PublicPageLinkHandler
from cms.views.broken import TITLE, BrokenLinksView


class WaitingPanel(Component):
    """What waits for the person who is signed in."""

    name, order = "cms_waiting", 50
    template_name = "cms/admin/waiting_panel.html"

    def get_context_data(self, parent_context: dict[str, object] | None = None) -> dict[str, object]:
        request = (parent_context or {})["request"]
        return {"items": waiting(request.user)}  # type: ignore[attr-defined]


@hooks.register("construct_homepage_panels")
def add_waiting(request: HttpRequest, panels: list[Component]) -> None:
    """Show it first, to everybody who gets into the admin."""
    panels.append(WaitingPanel())


@hooks.register("register_admin_urls")
def broken_links_address() -> list[URLPattern]:
    """Put the report below ``/cms/reports/``."""
    return [path("reports/tote-links/", BrokenLinksView.as_view(), name="broken_links")]


class ForWriters(MenuItem):
    """A menu item for those who write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return edits(request.user)  # type: ignore[arg-type]


@hooks.register("register_reports_menu_item")
def broken_links_item() -> MenuItem:
    """Lead to the report."""
    return ForWriters(TITLE, reverse_lazy("broken_links"), name="broken-links", icon_name="link", order=810)


@hooks.register("insert_global_admin_js")
def names_for_listeners() -> str:
    """Give names to what Wagtail leaves without one (docs/redaktion.md, „Mit Tastatur und Vorleseprogramm“)."""
    return format_html('<script type="module" src="{}"></script>', static("cms/admin.js"))


# After Wagtail's own, whose handler it takes the place of.
@hooks.register("register_rich_text_features", order=100)
def public_links_only(features: FeatureRegistry) -> None:
    """Let links in texts lead to public pages only."""
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("construct_main_menu")
def name_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's German word for its reports is the word for what citizens report to moderators; take another one."""
    for item in menu_items:
        if item.name == "reports":
            item.label = _("Lists and checks")
