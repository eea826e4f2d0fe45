"""The page that shows all parts of the look, for the eyes of staff and the tests; what the app keeps in the browser."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from theme import app
from theme.samples import samples
from theme.town import town_for


def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every part in every state; in the demo to everybody, else to staff."""
    user = getattr(request, "user", None)
    if settings.PROFILE != "demo" and not (user and user.is_active and user.is_staff):
        raise Http404
    return render(request, "theme/style_guide.html", samples())


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the program that shows a page of ours while there is no network; browsers ask for it anew each time."""
    plan = app.plan(town_for(request), get_language() or "de")
    answer = render(request, "theme/worker.js", {"plan": plan}, content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Return the page for the time without network: the same for everybody, without a picture and without a form."""
    return render(request, "theme/offline.html", {"plain": {"crest_url": ""}})
