"""Voting with a code from a card: type it, choose, send all at once. The code never stands in an address that is sent.

The address in the QR code carries it behind ``#``, which browsers keep to themselves; a script puts it into the field.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.visitors import address_of
from common.database import now
from common.errors import Refused
from ideas.models import Campaign, Phase
from voting import tries
from voting.actions.casting import cast_votes, require_code
from voting.code_forms import BallotForm, CodeForm
from voting.code_words import rules_in_words
from voting.queries.codes import ideas_for, phase_for_codes

SEND = "abgeben"


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def vote_with_code(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the code, show the ballot, take the votes: three pages at one address."""
    campaign = visible(request, slug)
    if request.method != "POST":
        return ask(request, campaign, CodeForm())
    form = CodeForm(request.POST)
    address = address_of(request)
    if tries.is_barred(address):
        form.add_error("code", _("These were many wrong codes. Please wait an hour, then it works again."))
        return ask(request, campaign, form, status=429)
    if not form.is_valid():
        return ask(request, campaign, form, status=422)
    try:
        phase, _code = require_code(campaign=campaign, typed=form.cleaned_data["code"], at=now())
        return ballot(request, campaign, phase, form)
    except Refused as refusal:
        if refusal.code == "unknown":
            tries.count_wrong(address)
        form.add_error("code", refusal.message)
        return ask(request, campaign, form, status=refusal.status)


def ballot(request: HttpRequest, campaign: Campaign, phase: Phase, code: CodeForm) -> HttpResponse:
    """Show the ballot, or take it. Raises ``Refused`` for what is wrong with the code itself."""
    is_sent = SEND in request.POST
    form = BallotForm(request.POST if is_sent else None, phase=phase, ideas=ideas_for(phase))
    if not is_sent:
        return show(request, campaign, phase, code, form)
    if not form.is_valid():
        return show(request, campaign, phase, code, form, status=422)
    try:
        cast = cast_votes(campaign=campaign, typed=code.cleaned_data["code"], choice=form.choice())
    except Refused as refusal:
        if refusal.field == "code" or refusal.code == "closed":
            raise
        form.add_error(None, refusal.message)
        return show(request, campaign, phase, code, form, status=refusal.status)
    return page(request, campaign, "voting/code_done.html", {"phase": phase, "receipts": cast.receipts()})


def visible(request: HttpRequest, slug: str) -> Campaign:
    """Return the campaign if the person may see it; of all others nobody learns whether they exist."""
    found = Campaign.objects.visible_to(request.user).filter(slug=slug, is_published=True).first()
    if found is None:
        raise Http404
    return found


def ask(request: HttpRequest, campaign: Campaign, form: CodeForm, status: int = 200) -> HttpResponse:
    """Show the field for the code, or that none is taken now."""
    said = {"form": form, "phase": phase_for_codes(campaign, now())}
    return page(request, campaign, "voting/code.html", said, status)


def show(
    request: HttpRequest, campaign: Campaign, phase: Phase, code: CodeForm, form: BallotForm, status: int = 200
) -> HttpResponse:
    """Show the ballot."""
    said = {"form": form, "phase": phase, "code": code.cleaned_data["code"], "rules": rules_in_words(phase)}
    return page(request, campaign, "voting/code_ballot.html", said, status)


def page(
    request: HttpRequest, campaign: Campaign, template: str, said: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Render one of the three pages; nothing of it may be kept, and no link tells where it came from."""
    crumbs = [
        (_("Take part"), "/mitmachen/"),
        (campaign.title, campaign.get_absolute_url()),
        (_("Vote with a code"), ""),
    ]
    context = {"campaign": campaign, "crumbs": crumbs, "nav_current": "mitmachen", **said}
    response = render(request, template, context, status=status)
    response["Referrer-Policy"] = "same-origin"
    return response
