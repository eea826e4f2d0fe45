"""Somebody takes over the idea that staff wrote down for them, with the code on the receipt."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from ideas import tries
from ideas.actions import claim_idea
from ideas.forms.claim import ClaimForm
from ideas.views.drafts import see_other, signed_in, to_sign_in


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponse:
    """Ask for the code; only sending it changes something."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    return take(request, form) if form.is_bound else show(request, form)


def take(request: HttpRequest, form: ClaimForm) -> HttpResponse:
    """Take what was typed; wrong codes are counted."""
    person = signed_in(request)
    if tries.is_barred(person.pk):
        form.add_error("code", _("These were many wrong codes. Please wait an hour, then it works again."))
        return show(request, form, status=429)
    if not form.is_valid():
        return show(request, form, status=422)
    try:
        idea = claim_idea(by=person, code=form.cleaned_data["code"])
    except Refused as refusal:
        tries.count_wrong(person.pk)
        form.add_error(refusal.field, refusal.message)
        return show(request, form, status=refusal.status)
    messages.success(request, _("The idea is yours now. You get messages about it and can change or withdraw it."))
    return see_other(idea.get_absolute_url())


def show(request: HttpRequest, form: ClaimForm, status: int = 200) -> HttpResponse:
    """Render the page."""
    context = {"form": form, "crumbs": [(_("My area"), "/mein/"), (_("Take over an idea"), "")], "nav_current": "mein"}
    return render(request, "ideas/claim.html", context, status=status)
