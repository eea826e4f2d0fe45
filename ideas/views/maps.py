"""Ideas on a map: the page, and the data behind it."""

import hashlib
import json
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from ideas.models import Campaign
from ideas.queries.geojson import TYPE, marks, outlines, read_across, read_box
from ideas.queries.listing import Wish, listing, read_wish
from ideas.queries.map import idea_map
from ideas.queries.places import town_map
from ideas.queries.scope import Scope, scope_of
from ideas.queries.visit import visit_of

FOR_ALL, FOR_ONE = "public, max-age=60", "private, no-store"


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the map of all public ideas, with the same filters as the list, and the list below."""
    wish = read_wish(dict(request.GET.lists()))
    context = {
        "listing": listing(wish, request.path, start=visit_of(request).start),
        "wish": wish,
        "crumbs": [(_("Ideas"), reverse("ideas:ideas")), (_("Map"), "")],
        "submit_url": reverse("ideas:submit"),
        "nav_current": "ideen",
    }
    return render(request, "ideas/map.html", context)


@require_safe
def map_data(request: HttpRequest) -> HttpResponse:
    """Return the marks for a piece of the map; of a closed campaign only to those who may see it."""
    params = dict(request.GET.lists())
    wish, box, across = read_wish(params), read_box(params, town_map()), read_across(params)
    scope = asked_scope(request, wish)
    response = geojson(marks(idea_map(wish, box, scope, across), box))
    is_public = scope.campaign is None or scope.campaign.is_public
    response["Cache-Control"] = FOR_ALL if is_public else FOR_ONE
    return response


def asked_scope(request: HttpRequest, wish: Wish) -> Scope:
    """Return the list behind the map: a campaign's own, with its own statuses, or that of all.

    One campaign in the address means its own list, also that of a closed one for its members; one that the person may not
    see is not there. Statuses that only the list of all knows mean that list, narrowed.
    """
    slugs = wish.chosen.get("kampagne", ())
    if len(slugs) != 1:
        return scope_of()
    found = None
    if re.fullmatch(r"[-a-zA-Z0-9_]{1,80}", slugs[0]):
        found = Campaign.objects.visible_to(request.user).filter(slug=slugs[0], is_published=True).first()
    if found is None:
        raise Http404
    scope = scope_of(found)
    own = {status.slug for status in scope.statuses}
    is_own = not own or own.issuperset(wish.chosen.get("status", ()))
    return scope if is_own or not found.is_public else scope_of()


def _etag(request: HttpRequest) -> str:
    return quote_etag(hashlib.sha256(repr(town_map().stamp).encode()).hexdigest()[:16])


@require_safe
@condition(etag_func=_etag)
def districts_data(request: HttpRequest) -> HttpResponse:
    """Return the outlines of the districts."""
    response = geojson(outlines(town_map()))
    response["Cache-Control"] = "public, max-age=300"
    return response


def geojson(found: dict[str, Any]) -> HttpResponse:
    """Return an answer in GeoJSON."""
    return HttpResponse(json.dumps(found, ensure_ascii=False, separators=(",", ":")), content_type=TYPE)
