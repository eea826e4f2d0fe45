"""Polls of the room."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards.actions.polling import cancel_poll, give_voice, open_poll
from boards.forms import PollForm, VoiceForm
from boards.queries import room as queries
from boards.queries.room import Ballot, Inside
from boards.views.door import crumbs, member, members_only, see_other
from common.errors import Refused

LONGEST_ID = 18


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def new_poll(request: HttpRequest, found: Inside) -> HttpResponse:
    """Ask the members something."""
    form = PollForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = open_poll(person=member(request), room_id=found.room.pk, **form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.field, refusal.message)
                status = refusal.status
            else:
                messages.success(request, _("The poll is open."))
                return see_other(made.get_absolute_url())
    title = _("Ask the members")
    context = {"inside": found, "form": form, "title": title, "crumbs": crumbs(found, title), "nav_current": "mein"}
    return render(request, "boards/new_poll.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def poll(request: HttpRequest, found: Inside, pk: int) -> HttpResponse:
    """Show a poll, take a voice, or call it off."""
    ballot = queries.poll(member(request), pk)
    if ballot is None or ballot.poll.room_id != found.room.pk:
        raise Http404
    if request.method != "POST":
        return show(request, found, ballot)
    try:
        act(request, pk)
    except Refused as refusal:
        if refusal.status == 404:
            raise
        # What others did in the meantime is shown with it.
        return show(request, found, queries.poll(member(request), pk) or ballot, refusal)
    return see_other(ballot.poll.get_absolute_url())


def act(request: HttpRequest, pk: int) -> None:
    """Do what the pressed button says."""
    if request.POST.get("action") == "cancel":
        cancel_poll(person=member(request), poll_id=pk)
        messages.success(request, _("The poll is called off. There is no result."))
        return
    word = request.POST.get("option", "")
    number = int(word) if word.isascii() and word.isdecimal() and len(word) <= LONGEST_ID else 0
    give_voice(person=member(request), poll_id=pk, option_id=number)
    messages.success(request, _("Your voice counts."))


def show(request: HttpRequest, found: Inside, ballot: Ballot, refusal: Refused | None = None) -> HttpResponse:
    """Render the poll."""
    context = {
        "inside": found,
        "ballot": ballot,
        "form": VoiceForm(poll=ballot.poll, initial={"option": ballot.own.option_id if ballot.own else None}),
        "refusal": refusal,
        "may_cancel": ballot.is_open and (found.is_host or ballot.poll.author_id == member(request).pk),
        "may_publish": found.is_host and ballot.is_over and bool(ballot.lines),
        "crumbs": crumbs(found, ballot.poll.question),
        "nav_current": "mein",
    }
    return render(request, "boards/poll.html", context, status=refusal.status if refusal else 200)
