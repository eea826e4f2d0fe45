"""What the pages for staff in this room share: a permission, the frame of the admin, answers that nobody keeps."""

from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from ideas.models import Campaign, Phase


class StaffView(WagtailAdminTemplateMixin, View):
    """A page for those who have one of ``rights``."""

    rights: ClassVar[tuple[str, ...]] = ()
    home: ClassVar[tuple[str, str | Promise]] = ("", "")
    page_title: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(request.user.has_perm(right) for right in self.rights):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[assignment]
        response["Cache-Control"] = "private, no-store"
        return response

    @property
    def person(self) -> User:
        """Return who is signed in; ``dispatch`` has made sure that somebody is."""
        return cast(User, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        route, label = self.home
        items = [*self.breadcrumbs_items, {"url": reverse(route), "label": label}]
        return items if label == self.page_title else [*items, {"url": "", "label": self.page_title}]

    def answer(self, status: int = 200, **context: Any) -> HttpResponse:
        """Return the page with this context and status."""
        return self.render_to_response(self.get_context_data(**context), status=status)

    def phases(self) -> "QuerySet[Phase]":
        """Return the phases of voting in campaigns the person may know of, the latest first."""
        seen = Campaign.objects.visible_to(self.person)
        phases = Phase.objects.filter(campaign__in=seen, allows_support=True).select_related("campaign")
        return phases.order_by("-opens_at", "-pk")

    def phase(self, pk: int) -> Phase:
        """Return one of them."""
        found = self.phases().filter(pk=pk).first() if pk < 2**63 else None
        if found is None:
            raise Http404
        return found


CODES_TITLE = gettext_lazy("Voting codes")
PAPER_TITLE = gettext_lazy("Votes on paper")
