"""The page of a merged idea: what was merged, and what is to happen with one's own support. Looking changes nothing."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from ideas.models import Idea, Merge
from voting.actions import choose
from voting.answers import SeeOther
from voting.queries.merging import account, live_merge, path_of, standing

CHOICES = {"carry": True, "leave": False}
SAID = {
    "carried": gettext_lazy("Thank you! Your support is carried over."),
    "doubled": gettext_lazy("You support the other idea already. Your second support is free again."),
    "left": gettext_lazy("Your support stays where it is."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, idea_id: int) -> HttpResponse:
    """Show what became of an idea and ask its supporters; ``POST choice=carry`` or ``leave`` keeps what they want."""
    idea = found(request, idea_id)
    merge = live_merge(idea)
    if request.method == "POST":
        return keep(request, idea, merge)
    return page(request, idea, merge)


def found(request: HttpRequest, idea_id: int) -> Idea:
    """Return the idea of the address if the person may read it, and it was merged at some time; else 404."""
    ideas = Idea.objects.visible_to(request.user).select_related("campaign").prefetch_related("campaign__phases")
    idea = ideas.filter(pk=idea_id).order_by().first() if idea_id < 2**63 else None
    if idea is None or not Merge.objects.filter(source=idea).exists():
        raise Http404
    return idea


def keep(request: HttpRequest, idea: Idea, merge: Merge | None) -> HttpResponse:
    """Keep what a supporter wants, and say so."""
    here = reverse("voting:merging", args=[idea.pk])
    if not request.user.is_authenticated:
        return SeeOther(redirect_to_login(here).url)
    wanted = request.POST.get("choice", "")
    try:
        if wanted not in CHOICES:
            raise Refused(_("Please choose what is to happen with your support."), code="no_choice", status=422)
        if merge is None:
            raise Refused(_("This merge was undone. Your support is where it was."), code="undone")
        state = choose(voter=request.user, merge=merge, carry=CHOICES[wanted])
    except Refused as refusal:
        return page(request, idea, live_merge(idea), refusal=str(refusal), status=refusal.status)
    messages.success(request, str(SAID.get(state, _("There was nothing to choose: you do not support this idea."))))
    return SeeOther(here)


def page(
    request: HttpRequest, idea: Idea, merge: Merge | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Render the page."""
    context: dict[str, object] = {"idea": idea, "merge": merge, "refusal": refusal, "nav_current": "ideen"}
    if merge is not None:
        path = path_of(merge)
        end = path[-1].target
        context |= {
            "end": end,
            "end_readable": end.state in Idea.READABLE,
            "further": len(path) > 1,
            "account": account(merge),
            "standing": standing(request.user, path),
        }
    return render(request, "voting/merging.html", context, status=status)
