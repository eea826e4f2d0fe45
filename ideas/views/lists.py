"""All public ideas."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ideas.queries.listing import listing, read_wish


@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    """Show the ideas of all campaigns; words to search for lead to the search page."""
    if words := request.GET.get("q", "").strip():
        return redirect(f"/suche/?{urlencode({'q': words[:200]})}")
    wish = read_wish(dict(request.GET.lists()))
    found = listing(wish, request.path)
    return render(
        request,
        "ideas/ideas.html",
        {
            "listing": found,
            "wish": wish,
            "crumbs": [(_("Ideas"), "")],
            "submit_url": reverse("ideas:submit"),
            "nav_current": "ideen",
        },
    )
