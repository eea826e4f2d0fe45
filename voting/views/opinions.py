"""Saying what one thinks of an idea: for, against, or one to five stars."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from common.errors import Refused
from ideas.models import Idea
from voting import valued
from voting.actions.opinions import closed, give_opinion
from voting.queries.opinions import opinion_phase, opinion_state
from voting.templatetags.opinions import opinion_box

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@never_cache
@require_http_methods(["GET", "HEAD", "POST", "PUT", "DELETE"])
def opinion(request: HttpRequest, idea_id: int) -> HttpResponse:
    """``PUT {"value": …}`` votes, ``DELETE`` takes back, ``GET`` tells, ``POST value=…`` comes from forms."""
    return valued.answer(request, lambda: thing(request, idea_id))


@never_cache
@require_GET
def opinion_catch_up(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Do after signing in what was wanted before it."""
    return valued.catch_up(request, lambda: thing(request, idea_id))


def thing(request: HttpRequest, idea_id: int) -> valued.Thing:
    """Return the idea as something that takes opinions."""
    idea = readable(request.user, idea_id)
    return valued.Thing(
        kind="opinion",
        number=idea.pk,
        home=f"{idea.get_absolute_url()}#unterstuetzung",
        catch_up=reverse("voting:opinion_catch_up", args=[idea.pk]),
        put=lambda value: give_opinion(voter=request.user, idea=idea, value=value),  # type: ignore[arg-type]
        tell=lambda: told(request, idea, timezone.now()),
        html=lambda refusal: piece(request, idea, timezone.now(), refusal),
    )


def readable(user: "User | AnonymousUser", idea_id: int) -> Idea:
    """Return the idea if everybody may read it, or every member of the person's group; what waits does not exist here."""
    ideas = Idea.objects.open_to(user).select_related("campaign", "author").prefetch_related("campaign__phases")
    found = ideas.filter(pk=idea_id).order_by().first() if idea_id < 2**63 else None
    if found is None:
        raise Refused(_("This idea does not exist, or is not public."), code="not_found", status=404)
    return found


def told(request: HttpRequest, idea: Idea, at: datetime) -> dict[str, Any]:
    """Return the state for programs. Raises ``Refused`` (closed) where nobody ever votes this way."""
    phase = opinion_phase(idea.campaign, at)
    if phase is None:
        raise closed()
    state = opinion_state(request.user, phase, idea.pk, idea.campaign)
    tally = state.tally
    numbers = None if tally is None else {str(value): number for value, number in sorted(tally.numbers.items())}
    mean = None if tally is None or not tally.total else round(tally.mean, 2)
    return {"value": state.value, "method": phase.method, "numbers": numbers, "mean": mean}


def piece(request: HttpRequest, idea: Idea, at: datetime, refusal: str) -> str:
    """Return the box as it is now; nothing where nobody ever votes this way."""
    phase = opinion_phase(idea.campaign, at)
    if phase is None:
        return ""
    context = opinion_box(request, idea, phase, at) | {"refusal": refusal}
    return render_to_string("voting/opinion_box.html", context, request)
