"""Supporting an idea: a state that is put, deleted and asked for, or a form for everybody without script."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.visitors import address_of, person_of
from common.errors import Refused
from ideas.models import Idea
from voting import pending
from voting.actions import give_support, withdraw_support
from voting.answers import ask_to_sign_in, tell_refusal, tell_state
from voting.queries import SupportState, support_state
from voting.reading import readable

ACTIONS = ("support", "withdraw")
METHODS = {"PUT": "support", "DELETE": "withdraw"}
DONE = {
    "support": gettext_lazy("Thank you! Your support counts."),
    "withdraw": gettext_lazy("Your support has been taken back."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST", "PUT", "DELETE"])
def support(request: HttpRequest, idea_id: int) -> HttpResponse:
    """``PUT`` supports, ``DELETE`` withdraws, ``GET`` tells one's own state, ``POST action=…`` comes from forms."""
    idea: Idea | None = None
    try:
        idea = readable(request.user, idea_id)
        if request.method in {"GET", "HEAD"}:
            return tell_state(request, idea, support_state(request.user, idea))
        action = METHODS.get(request.method or "") or wanted(request)
        if not request.user.is_authenticated:
            return ask_to_sign_in(request, idea, action)
        return tell_state(request, idea, act(request, idea, action))
    except Refused as refusal:
        return tell_refusal(request, refusal, idea)


@never_cache
@require_GET
def catch_up(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Do after signing in what was wanted before it.

    It happens only if this session holds a wish that the person's own checked request has left, and only once.
    """
    idea = readable(request.user, idea_id)
    if not request.user.is_authenticated:
        return ask_to_sign_in(request, idea, "")
    if action := pending.take(request.session, idea.pk):
        try:
            act(request, idea, action)
            messages.success(
                request,
                _("Thank you! Your support counts.") if action == "support" else _("Your support has been taken back."),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(idea.get_absolute_url())


def act(request: HttpRequest, idea: Idea, action: str) -> SupportState:
    """Do what was asked for."""
    if action == "support":
        return give_support(voter=person_of(request), idea=idea, address=address_of(request))
    return withdraw_support(voter=person_of(request), idea=idea)


def wanted(request: HttpRequest) -> str:
    """Return what the form asks for."""
    action = request.POST.get("action", "")
    if action not in ACTIONS:
        raise Refused(_("The form was not complete. Please press the button again."), code="bad_request", status=400)
    return action
