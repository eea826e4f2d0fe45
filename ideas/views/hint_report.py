"""For editors: how often hints at similar ideas helped."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ideas.queries.hint_figures import hint_figures


class HintReportView(WagtailAdminTemplateMixin, TemplateView):
    """A table: each campaign with the hints that were shown, followed and passed over."""

    template_name = "ideas/cms/hints.html"
    page_title: str | Promise = _("Hints at similar ideas")
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("ideas.change_campaign"):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"rows": hint_figures(self.request.user)}  # type: ignore[arg-type]
