"""How lists are put in order, and what came of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ideas.models import Campaign
from ideas.queries.exposure import exposure_of
from ideas.queries.facets import unknown_value
from ideas.queries.orders import ORDERS
from ideas.queries.scope import Scope, scope_of


@require_safe
def sorting(request: HttpRequest) -> HttpResponse:
    """Explain every order in plain words; show how looks are spread, over all ideas or those of a campaign."""
    everything = scope_of()
    scope = asked(request, everything)
    context = {
        "orders": ORDERS.values(),
        "exposure": exposure_of(scope),
        "campaign": scope.campaign,
        "campaigns": everything.campaigns,
        "crumbs": [(_("Ideas"), "/ideen/"), (_("How we sort"), "")],
        "nav_current": "ideen",
    }
    return render(request, "ideas/sorting.html", context)


def asked(request: HttpRequest, everything: Scope) -> Scope:
    """Return the campaign in the address, or all; a campaign that the person may not see is as unknown as any word."""
    slug = request.GET.get("kampagne", "")
    if not slug:
        return everything
    known = next((campaign for campaign in everything.campaigns if campaign.slug == slug), None)
    if known is None and slug.isprintable() and len(slug) <= 80:
        known = Campaign.objects.visible_to(request.user).filter(is_published=True, slug=slug).first()
    if known is None:
        raise unknown_value("kampagne")
    return scope_of(known)
