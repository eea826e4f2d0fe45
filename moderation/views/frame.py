"""What all pages for moderators share: Wagtail's frame, and nobody gets in without the right."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from moderation import rules


class ModeratorView(WagtailAdminTemplateMixin, View):
    """A page inside Wagtail's admin that only moderators open; others are led back with a word."""

    page_title: str | Promise = gettext_lazy("Moderation")
    header_icon = "mw-scale"
    #: beside the queue: (words, name of the address)
    crumb: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rules.may_decide(request.user):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    @property
    def moderator(self) -> User:
        """Return who is signed in; ``dispatch`` has made sure that somebody is."""
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = [
            *self.breadcrumbs_items,
            {"url": reverse("moderation_cms:queue"), "label": _("Moderation")},
        ]
        return [*items, {"url": "", "label": self.crumb}] if self.crumb else items

    def answer(self, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with this context and status."""
        return self.render_to_response(self.get_context_data(**context), status=status)
