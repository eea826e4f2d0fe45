"""How far the record of decisions goes: for everybody to keep, and inside Wagtail's admin."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from moderation.queries.anchors import MOST_AT_ONCE, anchors, statement_of
from moderation.views.frame import ModeratorView

SHOWN = 30


@require_GET
@cache_control(public=True, max_age=60)
def anchors_page(request: HttpRequest) -> HttpResponse:
    """Show the newest anchors to everybody, and what they are good for."""
    return render(request, "moderation/anchors.html", {"anchors": anchors()[:SHOWN]})


@require_GET
@cache_control(public=True, max_age=60)
def anchors_data(request: HttpRequest) -> JsonResponse:
    """Return the newest anchors for machines; ``verify_audit --anchor`` reads this file."""
    return JsonResponse(statement_of(anchors()[:MOST_AT_ONCE]), json_dumps_params={"ensure_ascii": False})


class RecordView(ModeratorView):
    """Tell moderators how far the record goes and when its end was last published."""

    page_title = crumb = gettext_lazy("Record")
    template_name = "moderation/cms/record.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(anchors=anchors()[:SHOWN])
