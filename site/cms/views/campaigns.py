"""What belongs to a campaign beside its page: its rules, its result."""

import csv
from io import StringIO

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from cms.models import CampaignPage
from cms.queries.results import Outcome, is_open, outcome
from ideas.models import Campaign
from ideas.queries.openings import allowed_in
from ideas.queries.phases import phase_steps


def visible_page(request: HttpRequest, slug: str) -> CampaignPage:
    """Return the page of a campaign that this person may see; of all others nobody learns whether they exist."""
    seen = Campaign.objects.visible_to(request.user).filter(slug=slug)
    found = CampaignPage.objects.filter(campaign__in=seen).select_related("campaign", "picture").order_by()
    page = next(iter(found[:1]), None)
    if page is None:
        raise Http404
    models.prefetch_related_objects([page.campaign], "phases")
    return page


def crumbs(page: CampaignPage, here: str) -> list[tuple[str, str]]:
    """Return the way to a page below the campaign's."""
    return [(_("Take part"), "/mitmachen/"), (page.title, page.campaign.get_absolute_url()), (here, "")]


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the rules of a campaign: who, when, what, how many, who checks, who answers, what happens with the data."""
    page = visible_page(request, slug)
    phases = zip(phase_steps(page.campaign), page.campaign.phases.all(), strict=True)
    steps = [{**step, "allowed": allowed_in(phase)} for step, phase in phases]
    context = {
        "page": page,
        "campaign": page.campaign,
        "steps": steps,
        "statuses": page.campaign.statuses.all(),
        "crumbs": crumbs(page, _("Rules")),
        "nav_current": "mitmachen",
    }
    return render(request, "cms/campaign_rules.html", context)


@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what came in, what was decided and what is next."""
    page = visible_result(request, slug)
    context = {
        "page": page,
        "campaign": page.campaign,
        "outcome": outcome(page.campaign),
        "crumbs": crumbs(page, _("Result")),
        "nav_current": "mitmachen",
    }
    return render(request, "cms/campaign_result.html", context)


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the public numbers of the result as a table."""
    page = visible_result(request, slug)
    out = StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(table(outcome(page.campaign)))
    name = f"{page.campaign.slug}-ergebnis.csv"
    return HttpResponse(
        "\ufeff" + out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"},
    )


def visible_result(request: HttpRequest, slug: str) -> CampaignPage:
    """Return the page of a campaign whose result is to be seen."""
    page = visible_page(request, slug)
    if not is_open(page):
        raise Http404
    return page


def table(found: Outcome) -> list[list[object]]:
    """Return the numbers as rows: what, which, how many."""
    numbers, whole = found.figures, _("Altogether")
    rows: list[list[object]] = [[_("What"), _("Which"), pgettext("count", "Number")]]
    rows += [[whole, _("Ideas"), numbers.ideas], [whole, _("People with an idea"), numbers.people]]
    rows += [[whole, _("Comments"), numbers.comments], [whole, _("Ideas with an answer"), numbers.answered]]
    rows.append([whole, _("Supports"), numbers.supports])
    for words, bars in (
        (_("Topic"), numbers.topics),
        (_("District"), numbers.districts),
        (_("Status"), numbers.statuses),
    ):
        rows += [[words, harmless(bar.label), bar.number] for bar in bars]
    for vote in found.votes:
        rows += [[vote.phase, harmless(place.title), place.votes] for place in vote.first]
        if vote.paper:
            rows.append([vote.phase, _("Votes on paper, counted apart"), vote.paper])
        rows.append([vote.phase, "SHA-256", vote.sha256])
    return rows


def harmless(text: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
