"""What all pages for editors share: Wagtail's frame, and nobody gets in without the right."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

RIGHT = "search.change_synonymgroup"


class EditorView(WagtailAdminTemplateMixin, View):
    """A page inside Wagtail's admin that only those open who keep the words of the search."""

    page_title: str | Promise = gettext_lazy("Search")
    header_icon = "search"
    crumb: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(RIGHT):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*self.breadcrumbs_items, {"url": reverse("search_cms:poor"), "label": _("Search")}]
        return [*items, {"url": "", "label": self.crumb}] if self.crumb else items

    def answer(self, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with this context and status."""
        return self.render_to_response(self.get_context_data(**context), status=status)
