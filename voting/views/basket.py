"""The basket of a participatory budget: choosing stays in the browser, saving is one step for the whole."""

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from common.database import now
from common.errors import Refused
from common.money import euro
from ideas.models import Campaign, Phase
from theme import dates
from voting import chosen as choice
from voting.actions.baskets import Stale, give_basket
from voting.answers import SeeOther, wants_json
from voting.basket_page import Page
from voting.basket_rules import rules_of
from voting.chosen import Chosen
from voting.queries.baskets import BasketState, budget_phase, is_there, own_basket, projects_of

WISH, LONGEST_WAIT = "budget_wish", 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the projects and the basket; ``POST`` add=, remove=, reset or save, with what is chosen beside it."""
    campaign, phase = found(request, slug)
    if request.method != "POST":
        return show(request, page_of(request, campaign, phase))
    sent = choice.read(request.POST.get("chosen", ""))
    if sent is None:
        raise Refused(_("The form was not complete. Please press the button again."), code="bad_request", status=400)
    if "save" in request.POST:
        return save(request, campaign, phase, sent)
    return change(request, page_of(request, campaign, phase, sent))


def found(request: HttpRequest, slug: str) -> tuple[Campaign, Phase]:
    """Return the campaign if the person may see it, and its budget; else there is nothing here."""
    seen = Campaign.objects.visible_to(request.user).filter(slug=slug, is_published=True).prefetch_related("phases")
    campaign = seen.first()
    phase = budget_phase(campaign, now()) if campaign else None
    if campaign is None or phase is None:
        raise Http404
    return campaign, phase


def page_of(request: HttpRequest, campaign: Campaign, phase: Phase, sent: Chosen | None = None) -> Page:
    """Return the page: with what was sent, else what the browser remembers, else what is saved."""
    projects, saved = projects_of(phase), own_basket(request.user, phase)
    basis = Chosen(saved.ideas, saved.version) if saved else Chosen(frozenset(), 0)
    chosen = sent or choice.remembered(request.COOKIES, phase) or basis
    there = [project.idea_id for project in projects if is_there(project)]
    return Page(campaign, phase, rules_of(phase), projects, saved, chosen.only(there), now())


def change(request: HttpRequest, page: Page) -> HttpResponse:
    """Put a project in or take it out; nothing is saved, the browser remembers it."""
    here = reverse("voting:basket", args=[page.campaign.slug])
    if "reset" in request.POST:
        return choice.forget(SeeOther(f"{here}#korb"), page.phase, here)
    try:
        wanted, place = changed(request, page)
    except Refused as refusal:
        return show(request, page, refusal=refusal)
    return choice.remember(request, SeeOther(f"{here}#vorhaben-{place}"), page.phase, wanted, here)


def changed(request: HttpRequest, page: Page) -> tuple[Chosen, int]:
    """Return the new choice and the project it is about. Raises ``Refused`` (422)."""
    word = request.POST.get("add") or request.POST.get("remove") or ""
    number = int(word) if word.isascii() and word.isdigit() and len(word) < 19 else -1
    projects = {project.idea_id: project for project in page.there}
    if number not in projects:
        raise Refused(_("This project cannot be chosen any more."), code="gone", status=422)
    chosen = page.chosen.ideas
    if "add" not in request.POST:
        return Chosen(chosen - {number}, page.chosen.version), number
    wanted = Chosen(chosen | {number}, page.chosen.version)
    page.rules.require(projects[idea] for idea in wanted.ideas)
    return wanted, number


def save(request: HttpRequest, campaign: Campaign, phase: Phase, sent: Chosen) -> HttpResponse:
    """Save the whole basket; before signing in, remember that it was wanted."""
    here = reverse("voting:basket", args=[campaign.slug])
    if not request.user.is_authenticated:
        if wants_json(request):
            return JsonResponse({"error": "sign_in", "message": _("Please sign in to save your basket.")}, status=401)
        request.session[WISH] = {"phase": phase.pk, "at": int(time.time())}
        after = redirect_to_login(reverse("voting:basket_catch_up", args=[campaign.slug])).url
        return choice.remember(request, SeeOther(after), phase, sent, here)
    try:
        state = give_basket(user=request.user, phase=phase, idea_ids=sent.ideas, version=sent.version)
    except Refused as refusal:
        return refused(request, campaign, phase, sent, refusal)
    if wants_json(request):
        return JsonResponse(as_json(state))
    messages.success(request, said(state, phase))
    return choice.forget(SeeOther(f"{here}#korb"), phase, here)


def refused(request: HttpRequest, campaign: Campaign, phase: Phase, sent: Chosen, refusal: Refused) -> HttpResponse:
    """Answer with why it was not saved; nothing that was chosen is lost."""
    if wants_json(request):
        state = refusal.state if isinstance(refusal, Stale) else own_basket(request.user, phase) or BasketState()
        body = {"error": refusal.code, "message": str(refusal), "saved": as_json(state)}
        return JsonResponse(body, status=refusal.status)
    response = show(request, page_of(request, campaign, phase, sent), refusal=refusal)
    return choice.remember(request, response, phase, sent, reverse("voting:basket", args=[campaign.slug]))


@never_cache
@require_GET
def basket_catch_up(request: HttpRequest, slug: str) -> HttpResponse:
    """Save after signing in what this browser's own, checked request wanted saved before it; once."""
    campaign, phase = found(request, slug)
    here = reverse("voting:basket", args=[slug])
    if not request.user.is_authenticated:
        return SeeOther(redirect_to_login(here).url)
    wish = request.session.pop(WISH, None)
    sent = choice.remembered(request.COOKIES, phase)
    is_fresh = isinstance(wish, dict) and wish.get("phase") == phase.pk and time.time() - wish["at"] < LONGEST_WAIT
    if not is_fresh or sent is None:
        return SeeOther(f"{here}#korb")
    return save(request, campaign, phase, sent)


def show(request: HttpRequest, page: Page, refusal: Refused | None = None) -> HttpResponse:
    """Render the page, with a refusal in words and, if another window has saved meanwhile, with both baskets."""
    context: dict[str, Any] = {
        "page": page,
        "campaign": page.campaign,
        "phase": page.phase,
        "rows": page.rows(),
        "gone": page.gone(),
        "refusal": refusal,
        "nav_current": "mitmachen",
    }
    if isinstance(refusal, Stale):
        titles = {project.idea_id: project.idea.title for project in page.there}
        saved = sorted(titles[idea] for idea in refusal.state.ideas if idea in titles)
        context |= {
            "stale": refusal.state,
            "saved_titles": saved,
            "over": Chosen(page.chosen.ideas, refusal.state.version),
        }
    return render(request, "voting/basket.html", context, status=refusal.status if refusal else 200)


def said(state: BasketState, phase: Phase) -> str:
    """Return what was saved, and until when it can be changed."""
    number = len(state.ideas)
    words = ngettext(
        "Your basket is saved: %(number)d project for %(sum)s.",
        "Your basket is saved: %(number)d projects for %(sum)s.",
        number,
    ) % {"number": number, "sum": euro(state.spent)}
    if number and not state.counts:
        words += " " + _("It does not count yet: choose exactly %(number)d.") % {"number": phase.budget_number or 0}
    until = _("You can change it until %(moment)s.") % {"moment": dates.moment(phase.closes_at)}
    return f"{words} {until}"


def as_json(state: BasketState) -> dict[str, Any]:
    """Return a saved basket for programs."""
    return {"ideas": sorted(state.ideas), "version": state.version, "spent": state.spent, "counts": state.counts}
