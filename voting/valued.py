"""The address of a vote that carries a value: ``PUT {"value": …}``, ``DELETE``, ``GET``, or a form with ``value=…``.

What it is about – a comment, an idea – says a ``Thing``; how it is answered is the same for all.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from common.errors import Refused
from voting import pending
from voting.answers import SeeOther, wants_json


@dataclass(frozen=True)
class Thing:
    """One object that takes votes: how it is voted on, how its state is told, and where it stands."""

    kind: str
    number: int
    home: str
    catch_up: str
    put: Callable[[int], None]
    tell: Callable[[], dict[str, Any]]
    # The box as it is now, with a refusal if there is one.
    html: Callable[[str], str]


Find = Callable[[], Thing]
LONGEST_BODY = 200  # bytes


def answer(request: HttpRequest, find: Find) -> HttpResponse:
    """Do what is asked for and answer with the state as it is then."""
    thing: Thing | None = None
    try:
        thing = find()
        if request.method in {"GET", "HEAD"}:
            return _told(request, thing)
        value = _wanted(request)
        if not request.user.is_authenticated:
            return ask_to_sign_in(request, thing, value)
        thing.put(value)
        return _told(request, thing)
    except Refused as refusal:
        return _refused(request, refusal, thing)


def catch_up(request: HttpRequest, find: Find) -> HttpResponse:
    """Do after signing in, once, what the person's own checked request wanted before it."""
    thing = find()
    if not request.user.is_authenticated:
        return ask_to_sign_in(request, thing, None)
    if wish := pending.take(request.session, thing.number, thing.kind):
        try:
            thing.put(int(wish))
            messages.success(request, _("Thank you! Your vote counts.") if int(wish) else _("Your vote is taken back."))
        except Refused as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(thing.home)


def ask_to_sign_in(request: HttpRequest, thing: Thing, value: int | None) -> HttpResponse:
    """Send to the sign-in and remember what was wanted; programs get 401."""
    if wants_json(request) or request.method in {"PUT", "DELETE"}:
        return JsonResponse({"error": "sign_in", "message": _("Please sign in to vote.")}, status=401)
    if value is not None:
        pending.remember(request.session, thing.number, str(value), thing.kind)
    return SeeOther(redirect_to_login(thing.catch_up).url)


def _wanted(request: HttpRequest) -> int:
    """Return the value that is asked for; 0 takes back. Raises ``Refused`` (bad_request) for anything but a number."""
    if request.method == "DELETE":
        return 0
    value = _sent(request)
    if isinstance(value, bool) or not isinstance(value, int) or not -9 <= value <= 9:
        raise Refused(_("The form was not complete. Please press the button again."), code="bad_request", status=400)
    return value


def _sent(request: HttpRequest) -> object:
    try:
        if request.method == "POST":
            return int(request.POST.get("value", "")[:9])
        body = json.loads(request.body) if len(request.body) <= LONGEST_BODY else None
    except ValueError:
        return None
    return body.get("value") if isinstance(body, dict) else None


def _told(request: HttpRequest, thing: Thing) -> HttpResponse:
    if not wants_json(request):
        return SeeOther(_way_back(request, thing))
    return JsonResponse(thing.tell() | _piece(request, thing, ""))


def _refused(request: HttpRequest, refusal: Refused, thing: Thing | None) -> HttpResponse:
    if wants_json(request):
        body = {"error": refusal.code, "message": str(refusal)}
        extra = _piece(request, thing, str(refusal)) if thing else {}
        headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else None
        return JsonResponse(body | extra, status=refusal.status, headers=headers)
    if thing is None or refusal.status == 400 or request.method != "POST":
        raise refusal
    messages.error(request, str(refusal))
    return SeeOther(_way_back(request, thing))


def _piece(request: HttpRequest, thing: Thing, refusal: str) -> dict[str, str]:
    """Return the box itself, for our own script only: it replaces the one on the page."""
    return {"html": thing.html(refusal)} if request.headers.get("X-Requested-With") == "fetch" else {}


def _way_back(request: HttpRequest, thing: Thing) -> str:
    """Return where the person came from, if the form says so and it is ours; else the thing's own place."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else thing.home
