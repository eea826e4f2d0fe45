"""Proving who one is: by a code from a letter, or by an official service."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.identity_forms import LetterCodeForm, LetterForm
from accounts.knowing import know, meeting
from accounts.letters import ask_letter, check_code, current, use_code
from accounts.models import User, Verification
from accounts.official import PENDING
from accounts.rules import level_of
from accounts.visitors import person_of
from common.errors import Refused

ASK, TYPE = "letter", "code"


class SeeOther(HttpResponseRedirect):
    """After a form: look at the result by GET."""

    status_code = 303


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def identify(request: HttpRequest) -> HttpResponse:
    """Show how well the town knows somebody, and the ways to be known better."""
    person = person_of(request)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    if action == ASK:
        return ask(request, person, LetterForm(request.POST))
    if action == TYPE:
        return type_in(request, person, LetterCodeForm(request.POST))
    return show(request, person)


def ask(request: HttpRequest, person: User, form: LetterForm) -> HttpResponse:
    """Take the request for a letter."""
    if not form.is_valid():
        return show(request, person, 422, letter_form=form)
    try:
        ask_letter(person=person, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return show(request, person, refusal.status, letter_form=form)
    messages.success(request, _("The letter is asked for. It takes a few days."))
    return SeeOther(reverse("accounts_own:identify"))


def type_in(request: HttpRequest, person: User, form: LetterCodeForm) -> HttpResponse:
    """Take the code; where another account has the same proof, say first what happens to votes."""
    if not form.is_valid():
        return show(request, person, 422, code_form=form)
    typed, agreed = form.cleaned_data["code"], form.cleaned_data["agreed"]
    try:
        use_code(person=person, typed=typed, agreed=agreed)
    except Refused as refusal:
        if refusal.code == "joined":
            met = meeting(person, check_code(person=person, typed=typed).proof)
            return show(request, person, 409, code_form=form, met=met, typed=typed)
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return show(request, person, refusal.status, code_form=form)
    messages.success(request, _("Thank you. Your account is proved by letter now."))
    return SeeOther(reverse("accounts_own:identify"))


def show(request: HttpRequest, person: User, status: int = 200, **said: Any) -> HttpResponse:
    """Render the page."""
    level = level_of(person)
    awaited = current(person)
    context = {
        "nav_current": "mein",
        "person": person,
        "level": level,
        "levels": Verification.Level,
        "awaited": awaited,
        "letter_form": LetterForm(),
        "code_form": LetterCodeForm(),
        "official": settings.OIDC_NAME if settings.OIDC_ISSUER and level < Verification.Level.IDENTITY else "",
        **said,
    }
    return render(request, "accounts/identify.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def identify_official(request: HttpRequest) -> HttpResponse:
    """Say what the official proof means for this account; only the button on this page keeps it."""
    person, pending = person_of(request), request.session.get(PENDING)
    if not isinstance(pending, dict) or pending.get("person") != person.pk:
        return SeeOther(reverse("accounts_own:identify"))
    if request.method != "POST":
        met = meeting(person, pending["proof"])
        context = {"nav_current": "mein", "met": met, "official": settings.OIDC_NAME}
        return render(request, "accounts/identify_official.html", context)
    del request.session[PENDING]
    try:
        know(person=person, level=Verification.Level.IDENTITY, proof=pending["proof"], agreed="agreed" in request.POST)
        messages.success(request, _("Thank you. Your account is officially proved now."))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return SeeOther(reverse("accounts_own:identify"))
