"""Changing an idea that was sent: alone or with others, never over somebody's words unseen."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from ideas.actions import change_idea, forget_sent
from ideas.content import IdeaContent
from ideas.forms import ChangeForm
from ideas.forms.pictures import KeptPictures
from ideas.forms.questions import typed_answers
from ideas.models import Draft, Idea, IdeaFile
from ideas.queries.idea_page import visible_idea
from ideas.queries.versions import differing
from ideas.rules import require_changeable, writes
from ideas.views.change_drafts import draft_of_change, keep_and_sign_in, keep_change, kept_with, typed_in
from ideas.views.drafts import see_other, signed_in, to_sign_in
from ideas.views.form_pages import page_facts
from ideas.views.uploads import taken_files, taken_pictures

MINE = [(gettext_lazy("My area"), "/mein/")]


def own_idea(request: HttpRequest, pk: int) -> Idea:
    """Return the idea the person writes, alone or with others; for everybody else there is nothing here."""
    idea = visible_idea(request.user, pk)
    if idea is None or not writes(request.user, idea):
        raise Http404
    return idea


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Let those who write the idea write a new version."""
    if not request.user.is_authenticated and request.method != "POST":
        return to_sign_in(request.get_full_path())
    if not request.user.is_authenticated:
        return keep_and_sign_in(request, pk)
    idea = own_idea(request, pk)
    require_changeable(request.user, idea)
    content = begun_with(request, idea)
    draft = draft_of_change(request, idea)
    kept: dict[str, Any] = kept_with(draft, content) | {"campaign": idea.campaign, "given": content.answers}
    if request.method != "POST":
        form = ChangeForm(initial=initial_of(idea, content) | typed_in(draft), **kept)
        return show(request, idea, form, draft=draft)
    form = ChangeForm(request.POST, request.FILES, **kept)
    form.is_valid()
    pictures, files = taken_pictures(request, form), taken_files(request, form)
    if form.errors:
        draft = keep_change(request, form, draft, idea.pk, pictures, files)
        return show(request, idea, form.keep(pictures, files), 422, draft=draft)
    response = save(request, idea, form, pictures, files)
    if draft is not None and response.status_code == 303:
        forget_sent(request.user, draft, None)
    return response


def save(
    request: HttpRequest, idea: Idea, form: ChangeForm, pictures: KeptPictures, files: list[IdeaFile]
) -> HttpResponse:
    """Write the new version and say whether it waits."""
    try:
        idea = change_idea(
            idea=idea,
            editor=signed_in(request),
            content=form.content(pictures, files),
            seen_version=form.cleaned_data["version"] or 0,
        )
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        if refusal.code == "stale":
            return conflict(request, idea, form.keep(pictures, files), form.content(pictures, files))
        return show(request, idea, form.keep(pictures, files), status=refusal.status)
    waits = idea.state == Idea.State.WAITING or idea.has_pending_change
    text = _("Thank you. A person of the moderation team reads your change before everybody sees it.")
    messages.success(request, text if waits else _("Your change is published."))
    return see_other(idea.get_absolute_url())


def begun_with(request: HttpRequest, idea: Idea) -> IdeaContent:
    """Return what the form began with: the version it names, else the latest."""
    word = request.POST.get("version", "")
    named = idea.versions.filter(number=int(word)).first() if re.fullmatch(r"[0-9]{1,9}", word) else None
    version = named or idea.latest_version
    if version is None:
        raise Http404
    return IdeaContent.of(version)


def conflict(request: HttpRequest, idea: Idea, form: ChangeForm, content: IdeaContent) -> HttpResponse:
    """Show how the typed words differ from those that came in meanwhile; sending again then is sending on purpose."""
    # Not the one with the highest number: that may have been refused.
    versions = idea.versions.select_related("author", "topic", "goal", "district")
    latest = versions.filter(pk__in=Idea.objects.filter(pk=idea.pk).values("latest_version")).first()
    if latest is None or not isinstance(form.data, QueryDict):
        raise Http404
    form.data["version"] = str(latest.number)
    return show(request, idea, form, status=409, latest=latest, changes=differing(latest, content))


def show(
    request: HttpRequest,
    idea: Idea,
    form: ChangeForm,
    status: int = 200,
    draft: Draft | None = None,
    **more: object,
) -> HttpResponse:
    """Show the form."""
    facts = page_facts(request, form, draft)
    context = facts | {"form": form, "idea": idea, "crumbs": MINE, "nav_current": "mein"}
    return render(request, "ideas/change.html", context | more, status=status)


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
