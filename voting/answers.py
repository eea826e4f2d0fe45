"""How a state or a refusal is told: as JSON to programs, as a message on the idea's page to everybody else."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.models import Idea
from voting import pending
from voting.queries import SupportState
from voting.templatetags.voting import box


class SeeOther(HttpResponseRedirect):
    """After a form: look at the result by GET."""

    status_code = 303


def wants_json(request: HttpRequest) -> bool:
    """Tell whether the answer is for a program."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def piece(request: HttpRequest, idea: Idea, state: SupportState | None = None, refusal: str = "") -> dict[str, str]:
    """Return the support box itself, for our own script only: it replaces the one on the page."""
    if request.headers.get("X-Requested-With") != "fetch":
        return {}
    return {"html": render_to_string("voting/box.html", box(request, idea, state) | {"refusal": refusal}, request)}


def tell_state(request: HttpRequest, idea: Idea, state: SupportState) -> HttpResponse:
    """Answer with the state as it is now."""
    if not wants_json(request):
        return SeeOther(way_back(request, idea))
    body = {"supported": state.supported, "supports": state.supports, "left": state.left}
    return JsonResponse(body | piece(request, idea, state))


def tell_refusal(request: HttpRequest, refusal: Refused, idea: Idea | None = None) -> HttpResponse:
    """Answer with what was refused and why; forms without script go back to the idea and read it there."""
    if wants_json(request):
        body = {"error": refusal.code, "message": str(refusal)}
        extra = piece(request, idea, refusal=str(refusal)) if idea else {}
        headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after else None
        return JsonResponse(body | extra, status=refusal.status, headers=headers)
    if idea is None or refusal.status == 400 or request.method != "POST":
        raise refusal
    messages.error(request, str(refusal))
    return SeeOther(way_back(request, idea))


def ask_to_sign_in(request: HttpRequest, idea: Idea, action: str) -> HttpResponse:
    """Send to the sign-in and remember what was wanted; programs get 401."""
    if wants_json(request) or request.method in {"PUT", "DELETE"}:
        message = _("Please sign in to support ideas.")
        return JsonResponse({"error": "sign_in", "message": message}, status=401)
    if action:
        pending.remember(request.session, idea.pk, action)
    after = reverse("voting:catch_up", args=[idea.pk])
    return SeeOther(redirect_to_login(after).url)


def way_back(request: HttpRequest, idea: Idea) -> str:
    """Return where the person came from, if the form says so and it is ours; else the idea."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours and wanted.startswith("/") else idea.get_absolute_url()
