"""The result of a participatory budget: for everybody once it is sealed and counted, and as a file to count it again."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.database import now
from ideas.models import Campaign, Phase
from ideas.rules import counts_shown
from voting.budget_words import STEPS, tell
from voting.models import BudgetRun
from voting.queries.budget_results import file_of, final_run, open_run
from voting.views.basket import found

REFRESH = 4  # seconds


@never_cache
@require_safe
def budget_result(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the result; until it is counted, how far that is, renewed without a script."""
    campaign, phase = over(request, slug)
    context: dict[str, Any] = {"campaign": campaign, "phase": phase, "nav_current": "mitmachen"}
    if not counts_shown(campaign, now()):
        return render(request, "voting/budget_waiting.html", context | {"hidden_until": campaign.counts_hidden_until})
    run = final_run(phase)
    if run is None:
        return counting(request, context, open_run(phase))
    return render(request, "voting/budget_result.html", context | {"run": run, "told": tell(run.outcome or {})})


def over(request: HttpRequest, slug: str) -> tuple[Campaign, Phase]:
    """Return a budget whose vote is over; of others there is no result."""
    campaign, phase = found(request, slug)
    if phase.sealed_at is None and now() < phase.closes_at:
        raise Http404
    return campaign, phase


def counting(request: HttpRequest, context: dict[str, Any], run: BudgetRun | None) -> HttpResponse:
    """Say how far the count is."""
    step = STEPS.get(run.step if run else "", "")
    context |= {"progress": run.progress if run else 0, "step": step, "refresh": REFRESH}
    response = render(request, "voting/budget_waiting.html", context)
    response["Refresh"] = f"{REFRESH}; url={reverse('voting:budget_result', args=[context['campaign'].slug])}"
    return response


@never_cache
@require_safe
def budget_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the baskets in the format of pabulib.org, once the result is public."""
    campaign, phase = over(request, slug)
    run = final_run(phase)
    if run is None or not counts_shown(campaign, now()):
        raise Http404
    name = f"{campaign.slug}-koerbe.pb"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(file_of(phase, run), content_type="text/plain; charset=utf-8", headers=headers)
