"""The page that shows all parts of the look, for the eyes of staff and the tests."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from theme.samples import samples


def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every part in every state; in the demo to everybody, else to staff."""
    user = getattr(request, "user", None)
    if settings.PROFILE != "demo" and not (user and user.is_active and user.is_staff):
        raise Http404
    return render(request, "theme/style_guide.html", samples())
