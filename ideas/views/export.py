"""A campaign's ideas as a table for staff."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from common.tables import csv_lines
from ideas.models import Campaign
from ideas.queries.export import table_of_ideas
from moderation.rules import may_decide, may_decide_in


@require_safe
def table(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Send the table while it is read, so that it may be long."""
    if not (request.user.has_perm("ideas.change_campaign") or may_decide(request.user)):
        raise PermissionDenied
    campaign = Campaign.objects.visible_to(request.user).filter(pk=pk).first()
    if campaign is None:
        raise Http404
    if not (request.user.has_perm("ideas.change_campaign") or may_decide_in(request.user, campaign.pk)):
        raise PermissionDenied
    answer = StreamingHttpResponse(
        csv_lines(table_of_ideas(campaign, request.user)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="ideen-{campaign.slug}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer
