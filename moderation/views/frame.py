"""What all pages for moderators share: Wagtail's frame, and nobody gets in without the right."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from moderation import rules


class ModeratorView(WagtailAdminTemplateMixin, View):
    """A page inside Wagtail's admin that only moderators open; others are led back with a word."""

    page_title = gettext_lazy("Moderation")
    header_icon = "mw-scale"
    #: beside the queue: (words, name of the address)
    crumb: str = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.may_decide(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items = [*self.breadcrumbs_items, {"url": reverse("moderation_cms:queue"), "label": _("Moderation")}]
        return [*items, {"url": "", "label": self.crumb}] if self.crumb else items

    def answer(self, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with this context and status."""
        return self.render_to_response(self.get_context_data(**context), status=status)
