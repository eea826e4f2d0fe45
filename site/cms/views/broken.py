"""The report of links that lead nowhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.queries.broken import broken_links
from cms.queries.waiting import edits

TITLE = _("Links that lead nowhere")


class BrokenLinksView(WagtailAdminTemplateMixin, View):
    """For everybody who writes pages; looked up anew each time it is opened."""

    page_title, header_icon = TITLE, "link"
    template_name = "cms/admin/broken_links.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not edits(request.user):  # type: ignore[arg-type]
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": TITLE}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show all of them."""
        return self.render_to_response(self.get_context_data(links=broken_links(fresh=True)))
