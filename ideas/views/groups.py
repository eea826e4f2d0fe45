"""Closed groups: one's own, who is in them, inviting, joining and leaving."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Refused
from ideas.actions import grouping
from ideas.forms.group import InviteForm
from ideas.models import Member
from ideas.queries.groups import Group, group, my_groups
from ideas.views.drafts import see_other, signed_in, to_sign_in

LONGEST_ID = 18


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Show somebody's groups."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    return render(request, "ideas/groups.html", {"memberships": my_groups(request.user), "nav_current": "mein"})


@require_http_methods(["GET", "HEAD", "POST"])
def one_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who is in a group; hosts invite, members leave."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    found = group(request.user, slug)
    if found is None:
        raise Http404
    if request.method != "POST":
        return show(request, found, InviteForm())
    if request.POST.get("action") == "invite":
        return invite(request, found)
    try:
        return act(request, found)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return show(request, found, InviteForm(), status=refusal.status)


def invite(request: HttpRequest, found: Group) -> HttpResponse:
    """Send an invitation."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return show(request, found, form, status=422)
    try:
        grouping.invite_member(campaign=found.campaign, by=signed_in(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, found, form, status=refusal.status)
    messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": form.cleaned_data["email"]})
    return see_other(request.path)


def act(request: HttpRequest, found: Group) -> HttpResponse:
    """Do what one of the small buttons says."""
    who, word = signed_in(request), request.POST.get("id", "")
    number = int(word) if word.isascii() and word.isdecimal() and len(word) <= LONGEST_ID else 0
    action = request.POST.get("action", "")
    if action == "revoke":
        grouping.revoke_invitation(campaign=found.campaign, by=who, invitation_id=number)
        messages.success(request, _("The invitation is taken back."))
    elif action in Member.Role.values:
        grouping.change_role(campaign=found.campaign, by=who, member_id=number, role=action)
        messages.success(request, _("Done."))
    elif action == "remove":
        return remove(request, found, number)
    else:
        message = _("The form was not complete. Please press the button again.")
        raise Refused(message, code="bad_request", status=400)
    return see_other(request.path)


def remove(request: HttpRequest, found: Group, member_id: int) -> HttpResponse:
    """Take somebody out, or leave oneself."""
    grouping.remove_member(campaign=found.campaign, by=signed_in(request), member_id=member_id)
    if found.own and found.own.pk == member_id:
        messages.success(request, _("You have left the group “%(group)s”.") % {"group": found.campaign.title})
        return see_other(reverse("ideas:groups"))
    messages.success(request, _("The person is no longer in the group."))
    return see_other(request.path)


def show(request: HttpRequest, found: Group, form: InviteForm, status: int = 200) -> HttpResponse:
    """Render the group."""
    crumbs = [(_("My area"), "/mein/"), (_("My groups"), reverse("ideas:groups")), (found.campaign.title, "")]
    context = {"group": found, "form": form, "crumbs": crumbs, "nav_current": "mein"}
    return render(request, "ideas/group.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation; only pressing the button lets somebody in."""
    found = grouping.find_invitation(token)
    if found is None:
        return render(request, "ideas/invitation_ended.html", {"nav_current": "mein"}, status=410)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return to_sign_in(request.path)
        campaign = grouping.accept_invitation(token=token, person=request.user)
        messages.success(request, _("Welcome to the group “%(group)s”!") % {"group": campaign.title})
        return see_other(campaign.get_absolute_url() if campaign.is_published else reverse("ideas:groups"))
    response = render(request, "ideas/invitation.html", {"invitation": found, "nav_current": "mein"})
    response["Referrer-Policy"] = "same-origin"  # the address lets somebody in
    return response
