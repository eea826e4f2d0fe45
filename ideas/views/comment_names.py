"""Names to choose from while somebody types ``@`` – of the discussion on this page, for those who can read it."""

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ideas.queries.idea_page import visible_idea
from ideas.queries.taking_part import suggested
from ideas.views.drafts import storable
from ideas.views.limits import too_many_names

LONGEST = 60


@never_cache
@require_safe
def comment_names(request: HttpRequest, pk: int) -> JsonResponse:
    """Return up to eight names that fit what is typed (``q``), never one's own."""
    idea = visible_idea(request.user, pk)
    if idea is None:
        raise Http404
    if too_many_names(request):
        return JsonResponse({"names": []}, status=429)
    typed = storable(request.GET.get("q", ""))[:LONGEST]
    return JsonResponse({"names": suggested(idea, typed, request.user.pk)})
