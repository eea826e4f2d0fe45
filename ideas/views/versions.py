"""The versions of an idea: what was public when, and what changed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from ideas.actions.withholding import withhold_version
from ideas.forms.withholding import WithholdForm
from ideas.models import Idea
from ideas.queries.idea_page import visible_idea
from ideas.queries.versions import versions_for
from ideas.rules import text_shown
from ideas.views.drafts import see_other, signed_in
from ideas.views.idea import crumbs
from moderation.rules import may_decide_in


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the versions of an idea; a moderator may take the words of an earlier one from sight."""
    idea = visible_idea(request.user, pk)
    if idea is None:
        raise Http404
    if request.method == "POST":
        return withhold(request, idea)
    return show(request, idea)


def show(request: HttpRequest, idea: Idea, form: WithholdForm | None = None, status: int = 200) -> HttpResponse:
    """Render the page."""
    found = versions_for(idea, request.user, first_number(request))
    if not found.rows:
        raise Http404
    context = {
        "idea": idea,
        "versions": found,
        "readable": text_shown(idea, request.user),
        "form": form,
        "reason_field": form or WithholdForm(),
        "crumbs": crumbs(idea, (_("Versions"), "")),
        "nav_current": "ideen",
    }
    return render(request, "ideas/versions.html", context, status=status)


def first_number(request: HttpRequest) -> int | None:
    """Return the number in the address from which versions are shown (``bis``); 404 for what is none."""
    word = request.GET.get("bis", "")
    if not word:
        return None
    if not (word.isascii() and word.isdecimal() and len(word) <= 9):
        raise Http404
    return int(word)


def withhold(request: HttpRequest, idea: Idea) -> HttpResponse:
    """Take an earlier version's words from sight; for everybody but moderators there is no such thing here."""
    if not may_decide_in(request.user, idea.campaign_id):
        raise Http404
    form = WithholdForm(request.POST)
    if not form.is_valid():
        return show(request, idea, form, status=422)
    number = form.cleaned_data["version"]
    try:
        withhold_version(idea=idea, number=number, by=signed_in(request), reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return show(request, idea, form, status=refusal.status)
    messages.success(request, _("The words of version %(number)s are not shown any more.") % {"number": number})
    return see_other(f"{reverse('ideas:versions', args=[idea.pk])}#fassung-{number}")
