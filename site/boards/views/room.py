"""The closed room: everything at a glance, and the member's own name on the public page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from boards.actions.consenting import give_consent, take_consent_back
from boards.forms import ConsentForm
from boards.queries import room as queries
from boards.queries.room import Inside
from boards.views.door import crumbs, member, members_only, see_other
from common.errors import Refused


@require_safe
@members_only
def room(request: HttpRequest, found: Inside) -> HttpResponse:
    """Show the room."""
    context = {
        "inside": found,
        "meetings": queries.meetings(found.room),
        "papers": queries.papers(found.room, member(request))[:5],
        "drafts": queries.drafts(found.room),
        "ballots": queries.polls(found.room, member(request)),
        "published": queries.published(found.room),
        "crumbs": crumbs(found),
        "nav_current": "mein",
    }
    return render(request, "boards/room.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def name(request: HttpRequest, found: Inside) -> HttpResponse:
    """Let members say whether they are named on the public page."""
    form = ConsentForm(request.POST if request.POST.get("action") == "give" else None)
    if request.method != "POST" or found.seat is None:
        return show_name(request, found, form)
    if request.POST.get("action") == "take_back":
        take_consent_back(person=member(request), room_id=found.room.pk, seat=found.seat)
        messages.success(request, _("Your name is no longer on the page."))
        return see_other(reverse("boards:name"))
    if not form.is_bound or not form.is_valid():
        return show_name(request, found, form, status=422)
    try:
        give_consent(person=member(request), room_id=found.room.pk, seat=found.seat, until=form.cleaned_data["until"])
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return show_name(request, found, form, status=refusal.status)
    messages.success(request, _("Thank you. Your name stands on the page now."))
    return see_other(reverse("boards:name"))


def show_name(request: HttpRequest, found: Inside, form: ConsentForm, status: int = 200) -> HttpResponse:
    """Render the form."""
    title = _("My name on the page")
    context = {"inside": found, "form": form, "title": title, "crumbs": crumbs(found, title), "nav_current": "mein"}
    return render(request, "boards/name.html", context, status=status)
