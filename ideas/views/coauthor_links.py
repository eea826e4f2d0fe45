"""An invitation by link: looking changes nothing, answering needs a person who is signed in."""

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from common.database import now
from common.errors import Refused
from ideas.actions import accept_invitation, decline_invitation, gone
from ideas.actions.coauthors import fingerprint
from ideas.models import CoAuthor, Idea
from ideas.queries.idea_page import visible_idea
from ideas.rules import allowed_now, may_join, writes
from ideas.views.coauthors import private
from ideas.views.drafts import see_other, to_sign_in


@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def coauthor_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to whoever has its link, and take the answer."""
    row = invitation_of(token)
    if request.method != "POST":
        return show(request, row)
    if not request.user.is_authenticated:
        return private(to_sign_in(request.path))
    try:
        return answer(request, row)
    except Refused as refusal:
        return show(request, row, refusal=refusal, status=refusal.status)


@sensitive_variables("token")
def invitation_of(token: str) -> CoAuthor:
    """Return the invitation a link belongs to, whatever became of it; 404 for a link that never was one."""
    if not re.fullmatch(r"[\w-]{20,64}", token, re.ASCII):
        raise Http404
    rows = CoAuthor.objects.select_related("idea__campaign", "idea__author", "invited_by")
    row = rows.prefetch_related("idea__campaign__phases").filter(token_sha256=fingerprint(token)).first()
    if row is None:
        raise Http404
    return row


def answer(request: HttpRequest, row: CoAuthor) -> HttpResponse:
    """Accept or decline."""
    if not request.user.is_authenticated:
        raise Http404
    if request.POST.get("action") == "accept":
        idea = accept_invitation(invitation=row, person=request.user)
        messages.success(request, _("Welcome! You write along with this idea from now on."))
        return private(see_other(reverse("ideas:coauthors", args=[idea.pk])))
    if request.POST.get("action") == "decline":
        decline_invitation(invitation=row, person=request.user)
        messages.success(request, _("You have declined the invitation."))
        return private(see_other(reverse("ideas:mine")))
    raise Refused(_("This button is not known here."), code="unknown_action", status=422)


def show(request: HttpRequest, row: CoAuthor, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    """Render the page. It names the idea only to those who may read it anyway: a link must not publish what nobody read."""
    idea, user = row.idea, request.user
    if user.is_authenticated and writes(user, idea):
        return private(see_other(reverse("ideas:coauthors", args=[idea.pk])))
    if idea.campaign.is_closed and not (user.is_authenticated and may_join(user, idea.campaign)):
        if user.is_authenticated or request.method == "POST":
            raise Http404
        return private(to_sign_in(request.path))
    is_open = row.state == CoAuthor.State.INVITED and row.ends_at > now() and idea.author_id is not None
    is_open = is_open and idea.state in (Idea.State.WAITING, Idea.State.PUBLIC)
    if not is_open and refusal is None:
        refusal, status = gone(), 410
    context = {
        "row": row,
        "idea": visible_idea(user, idea.pk) if is_open else None,
        "lead": idea.author,
        "is_open": is_open,
        "takes_now": allowed_now(idea.campaign, "ideas"),
        "refusal": refusal,
        "nav_current": "mein",
    }
    return private(render(request, "ideas/coauthor_invitation.html", context, status=status))
