"""What authors do with ideas they have sent: change and withdraw."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from ideas.actions import change_idea, withdraw_idea
from ideas.content import IdeaContent
from ideas.forms import ChangeForm, WithdrawForm
from ideas.forms.pictures import KeptPictures
from ideas.forms.questions import typed_answers
from ideas.models import Idea, IdeaFile
from ideas.queries.idea_page import visible_idea
from ideas.rules import is_author, require_changeable
from ideas.views.drafts import see_other, signed_in, to_sign_in
from ideas.views.uploads import taken_files, taken_pictures

MINE = [(gettext_lazy("My area"), "/mein/")]


def own_idea(request: HttpRequest, pk: int) -> Idea:
    """Return the person's idea; for everybody else there is nothing here."""
    idea = visible_idea(request.user, pk)
    if idea is None or not is_author(request.user, idea):
        raise Http404
    return idea


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the author write a new version."""
    if not request.user.is_authenticated and request.method != "POST":
        return to_sign_in(request.path)
    if not request.user.is_authenticated:
        return signed_out(request, pk)
    idea = own_idea(request, pk)
    require_changeable(request.user, idea)
    content = IdeaContent.of(idea.latest_version) if idea.latest_version else None
    if content is None:
        raise Http404
    kept: dict[str, Any] = {
        "campaign": idea.campaign,
        "kept": list(content.pictures),
        "kept_files": list(content.files),
        "given": content.answers,
    }
    if request.method != "POST":
        return show(request, idea, ChangeForm(initial=initial_of(idea, content), **kept))
    form = ChangeForm(request.POST, request.FILES, **kept)
    if not form.is_valid():
        return show(request, idea, form, status=422)
    return save(request, idea, form, taken_pictures(request, form), taken_files(request, form))


def save(
    request: HttpRequest, idea: Idea, form: ChangeForm, pictures: KeptPictures, files: list[IdeaFile]
) -> HttpResponse:
    """Write the new version and say whether it waits."""
    try:
        idea = change_idea(
            idea=idea,
            editor=signed_in(request),
            content=form.content(pictures, files),
            seen_version=form.cleaned_data["version"],
        )
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return show(request, idea, form.keep(pictures, files), status=refusal.status)
    waits = idea.state == Idea.State.WAITING or idea.has_pending_change
    text = _("Thank you. A person of the moderation team reads your change before everybody sees it.")
    messages.success(request, text if waits else _("Your change is published."))
    return see_other(idea.get_absolute_url())


def signed_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the typed words again to somebody whose session has ended, with the way to sign in."""
    form = ChangeForm(request.POST)
    form.is_valid()
    form.add_error(
        None, _("You are signed out. Sign in in another window, then send this page again; nothing is lost.")
    )
    return render(
        request, "ideas/change.html", {"form": form, "idea": None, "crumbs": MINE, "nav_current": "mein"}, status=403
    )


def show(request: HttpRequest, idea: Idea, form: ChangeForm, status: int = 200) -> HttpResponse:
    """Show the form."""
    return render(
        request, "ideas/change.html", {"form": form, "idea": idea, "crumbs": MINE, "nav_current": "mein"}, status=status
    )


def initial_of(idea: Idea, content: IdeaContent) -> dict[str, object]:
    """Return the form's first values."""
    return {
        "title": content.title,
        "text": content.text,
        "topic": content.topic.slug if content.topic else "",
        "goal": content.goal.slug if content.goal else "",
        "district": content.district.slug if content.district else "",
        "place": content.place,
        "tags": ", ".join(content.tags),
        "lat": content.latitude,
        "lng": content.longitude,
        "version": idea.latest_version.number if idea.latest_version else None,
        **typed_answers(content.answers),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take the idea back."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    idea = own_idea(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_idea(idea=idea, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your idea is withdrawn."))
        return see_other(f"{idea.get_absolute_url()}")
    status = 422 if form.is_bound else 200
    return render(
        request,
        "ideas/withdraw.html",
        {"form": form, "idea": idea, "crumbs": MINE, "nav_current": "mein"},
        status=status,
    )
