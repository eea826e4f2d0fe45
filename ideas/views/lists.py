"""All public ideas, and how they are put in order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ideas.actions.seeing import note_list
from ideas.queries.listing import listing, read_wish
from ideas.queries.visit import visit_of


@require_safe
def ideas(request: HttpRequest) -> HttpResponse:
    """Show the ideas of all campaigns."""
    wish, visit = read_wish(dict(request.GET.lists())), visit_of(request)
    found = listing(wish, request.path, start=visit.start)
    note_list([int(str(card["id"])) for card in found.cards], visit.agent)
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
