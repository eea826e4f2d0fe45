"""The overview of languages and versions in the Wagtail admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.queries.coverage import LEVELS, rows
from cms.variants_admin import VariantViewSet


class CoverageView(WagtailAdminTemplateMixin, View):
    """Every public page and the words it exists in."""

    template_name = "cms/admin/coverage.html"
    page_title = _("Languages and versions")
    header_icon = "globe"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("cms.change_variant"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; ``?nur=alt`` and ``?nur=fehlt`` show what there is to do."""
        only = request.GET.get("nur", "")
        wanted = {"alt": {"old"}, "fehlt": {"missing", "draft"}}.get(only)
        found = [row for row in rows(request.user) if wanted is None or any(cell.state in wanted for cell in row.cells)]
        context = self.get_context_data(rows=found, levels=LEVELS, only=only)
        context |= {"add": reverse(name_of("add")), "edit": name_of("edit")}
        return self.render_to_response(context)


def name_of(view: str) -> str:
    """Return the name of an address of versions in the admin."""
    return str(VariantViewSet().get_url_name(view))
