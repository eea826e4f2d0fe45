"""Hints at similar ideas while somebody types a title: a piece of a page, for our own script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ideas.actions import count_hint
from ideas.queries.hints import alike
from ideas.rules import allowed_now
from ideas.views.drafts import storable
from ideas.views.limits import too_many_hints
from ideas.views.submitting import find_campaign

TITLE_READ, TEXT_READ = 200, 2000


@never_cache
@require_safe
def similar_ideas(request: HttpRequest) -> HttpResponse:
    """Return the hints for a title and a text, or nothing; ``erste=1`` when the page has shown none yet."""
    campaign = find_campaign(request, request.GET.get("campaign", ""))
    if campaign is None:
        return HttpResponse(status=404)
    if too_many_hints(request):
        return HttpResponse(status=429)
    title, text = (storable(request.GET.get(name, "")) for name in ("title", "text"))
    ideas = alike(request.user, campaign, title[:TITLE_READ], text[:TEXT_READ])
    if ideas and request.GET.get("erste") == "1" and request.method == "GET":
        count_hint(campaign.pk, "shown")
    context = {"similar": ideas, "campaign": campaign, "support_open": allowed_now(campaign, "support", timezone.now())}
    return render(request, "ideas/parts/hints.html", context)
