"""Writing an idea together: the page on which its lead asks others, and the pages on which they answer."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.errors import Refused
from ideas import actions
from ideas.models import Comment, Idea
from ideas.queries import coauthors as asked
from ideas.queries.idea_page import visible_idea
from ideas.rules import CHANGEABLE, MOST_COAUTHORS, allowed_now, is_author, writes
from ideas.views.drafts import see_other, signed_in, to_sign_in
from ideas.views.idea import crumbs


@require_http_methods(["GET", "HEAD", "POST"])
def coauthors(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who writes an idea, to those who do and who are asked to; take what they decide."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    idea = visible_idea(request.user, pk)
    person = signed_in(request)
    if idea is None or not (writes(person, idea) or asked.invitation_for(person, idea)):
        raise Http404
    if request.method != "POST":
        return show(request, idea)
    try:
        return decide(request, idea, person)
    except Refused as refusal:
        return show(request, idea, refusal=refusal, status=refusal.status)


def show(request: HttpRequest, idea: Idea, status: int = 200, **more: object) -> HttpResponse:
    """Render the page."""
    person, leads = signed_in(request), is_author(request.user, idea)
    rows, invitations = asked.coauthors_of(idea), asked.open_invitations(idea) if leads else []
    taken = len(rows) + len(invitations)
    may_invite = leads and idea.state in CHANGEABLE and allowed_now(idea.campaign, "ideas")
    context = {
        "idea": idea,
        "leads": leads,
        "own_row": next((row for row in rows if row.person_id == person.pk), None),
        "rows": rows,
        "invitations": invitations,
        "invitation": None if leads else asked.invitation_for(person, idea),
        "may_invite": may_invite and taken < MOST_COAUTHORS,
        "is_full": taken >= MOST_COAUTHORS,
        "is_open": idea.state in CHANGEABLE and allowed_now(idea.campaign, "ideas"),
        "is_changeable": idea.state in CHANGEABLE,
        "most": MOST_COAUTHORS,
        "commenters": asked.commenters_to_invite(idea) if may_invite and taken < MOST_COAUTHORS else [],
        "crumbs": crumbs(idea, (_("Write together"), "")),
        "nav_current": "mein",
    }
    return private(render(request, "ideas/coauthors.html", context | more, status=status))


def decide(request: HttpRequest, idea: Idea, person: User) -> HttpResponse:
    """Do what the pressed button says."""
    action = request.POST.get("action", "")
    if action == "link":
        return show_link(request, idea, person)
    act = ACTS.get(action)
    if act is None:
        raise Refused(_("This button is not known here."), code="unknown_action", status=422)
    messages.success(request, act(request, idea, person))
    still_there = visible_idea(person, idea.pk)
    if still_there is not None and (writes(person, still_there) or asked.invitation_for(person, still_there)):
        return see_other(reverse("ideas:coauthors", args=[idea.pk]))
    return see_other(reverse("ideas:mine"))


@sensitive_variables("token", "address")
def show_link(request: HttpRequest, idea: Idea, person: User) -> HttpResponse:
    """Make a link and show it, this once."""
    row, token = actions.invite_by_link(idea=idea, lead=person)
    address = settings.SITE_URL + reverse("ideas:coauthor_invitation", args=[token])
    return show(request, idea, link=address, link_until=row.ends_at)


def number(request: HttpRequest, name: str) -> int:
    """Return the number of a row from the form; one that is none names nothing."""
    word = request.POST.get(name, "")
    if not (word.isascii() and word.isdecimal() and len(word) <= 18):
        raise Refused(_("There is no such invitation (any more)."), code="gone", status=404)
    return int(word)


def invite(request: HttpRequest, idea: Idea, person: User) -> str:
    """Ask the author of a comment."""
    comment = Comment.objects.select_related("author").filter(pk=number(request, "comment"), idea=idea).first()
    if comment is None:
        raise Refused(_("This person cannot be invited."), code="not_invitable", status=404)
    actions.invite_commenter(idea=idea, lead=person, comment=comment)
    return _("The invitation is sent. We tell you when it is answered.")


def remove(request: HttpRequest, idea: Idea, person: User) -> str:
    """Take an invitation back, or end somebody's writing along."""
    actions.remove_coauthor(idea=idea, lead=person, row_id=number(request, "row"))
    return _("Done. This person can no longer write at the idea.")


def offer(request: HttpRequest, idea: Idea, person: User) -> str:
    """Offer the lead."""
    actions.offer_lead(idea=idea, lead=person, row_id=number(request, "row"))
    return _("The lead is offered. It stays with you until the offer is accepted.")


def keep(request: HttpRequest, idea: Idea, person: User) -> str:
    """Keep the lead after all."""
    actions.take_back_offer(idea=idea, lead=person)
    return _("You keep the lead.")


def take(request: HttpRequest, idea: Idea, person: User) -> str:
    """Take the lead."""
    actions.take_lead(idea=idea, person=person)
    return _("You lead this idea now.")


def decline_lead(request: HttpRequest, idea: Idea, person: User) -> str:
    """Do not take the lead."""
    actions.decline_lead(idea=idea, person=person)
    return _("You go on writing along, without the lead.")


def leave(request: HttpRequest, idea: Idea, person: User) -> str:
    """Leave."""
    actions.leave_idea(idea=idea, person=person)
    return _("You no longer write along with this idea.")


def accept(request: HttpRequest, idea: Idea, person: User) -> str:
    """Accept an invitation to oneself."""
    row = asked.invitation_for(person, idea)
    if row is None:
        raise actions.gone()
    actions.accept_invitation(invitation=row, person=person)
    return _("Welcome! You write along with this idea from now on.")


def decline(request: HttpRequest, idea: Idea, person: User) -> str:
    """Decline an invitation to oneself."""
    row = asked.invitation_for(person, idea)
    if row is None:
        raise actions.gone()
    actions.decline_invitation(invitation=row, person=person)
    return _("You have declined the invitation.")


Act = Callable[[HttpRequest, Idea, User], str]
ACTS: dict[str, Act] = {
    "invite": invite,
    "remove": remove,
    "offer": offer,
    "keep": keep,
    "take": take,
    "decline_lead": decline_lead,
    "leave": leave,
    "accept": accept,
    "decline": decline,
}


def private(response: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches and search engines, and its address out of other sites' logs."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Not "no-referrer": browsers then send forms with "Origin: null", which the protection against forged forms refuses.
    response["Referrer-Policy"] = "same-origin"
    return response
