"""Changing a comment, and comparing what it said."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.database import now
from common.errors import Refused
from ideas.actions import change_comment as change
from ideas.forms import CommentChangeForm
from ideas.models import Campaign, Comment, Idea
from ideas.queries.comment_versions import Words, changes, may_read_versions, newest_words, public_versions
from ideas.rules import is_author, is_exempt, require_comment_changeable, skips_waiting
from ideas.views.drafts import see_other, signed_in, to_sign_in, typed
from ideas.views.idea import crumbs

FIELDS = ["text", "stance", "version"]
KEPT = "comment_changes"


@require_http_methods(["GET", "HEAD", "POST"])
def change_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the author write new words; what was typed is never lost."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            request.session[KEPT] = {str(pk): typed(request, FIELDS)}
            messages.info(request, _("Please sign in to send your change. What you typed is still there afterwards."))
        return to_sign_in(request.path)
    comment = own_comment(request, pk)
    if request.method != "POST":
        require_comment_changeable(request.user, comment, comment.idea, now())
        kept = request.session.get(KEPT, {}).get(str(pk)) or {}
        return show(request, comment, CommentChangeForm(initial=initial_of(comment) | kept, comment=comment))
    form = CommentChangeForm(request.POST, comment=comment)
    if not form.is_valid():
        return show(request, comment, form, 422)
    return save(request, comment, form)


def own_comment(request: HttpRequest, pk: int) -> Comment:
    """Return the comment if the person wrote it and its idea can be seen; 404 for everybody else."""
    rows = Comment.objects.visible_to(request.user).exclude(state=Comment.State.DELETED)
    found = get_object_or_404(rows.select_related("idea__campaign", "quote__author"), pk=pk)
    if (
        not is_author(request.user, found)
        or not Idea.objects.visible_to(request.user).filter(pk=found.idea_id).exists()
    ):
        raise Http404
    return found


def initial_of(comment: Comment) -> dict[str, Any]:
    """Return the form's first values: the newest words."""
    text, stance = newest_words(comment)
    return {"text": text, "stance": stance, "version": comment.latest}


def save(request: HttpRequest, comment: Comment, form: CommentChangeForm) -> HttpResponse:
    """Write the new words and say whether they wait."""
    values, before = form.cleaned_data, comment.latest
    try:
        comment = change(
            comment=comment,
            editor=signed_in(request),
            text=values["text"],
            stance=values.get("stance", comment.stance),
            seen_version=values["version"] or 0,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return (
            conflict(request, comment, form)
            if refusal.code == "stale"
            else show(request, comment, form, refusal.status)
        )
    request.session.pop(KEPT, None)
    messages.success(request, said(comment, before))
    return see_other(comment.get_absolute_url())


def said(comment: Comment, before: int) -> str:
    """Return what became of the change."""
    if comment.latest == before:
        return _("Nothing was different, so nothing was changed.")
    if comment.latest == comment.version and comment.state == Comment.State.PUBLIC:
        return _("Your change is published.")
    return _("Thank you. A person of the moderation team reads your change before everybody sees it.")


def conflict(request: HttpRequest, comment: Comment, form: CommentChangeForm) -> HttpResponse:
    """Show both texts; sending again then is sending on purpose."""
    comment = own_comment(request, comment.pk)
    text, stance = newest_words(comment)
    there = Words(comment.latest, text, stance, None)
    here = Words(0, form.cleaned_data["text"], form.cleaned_data.get("stance", stance), None)
    form.let("version", str(comment.latest))
    return show(request, comment, form, 409, there=there, changes=changes(there, here))


def show(
    request: HttpRequest, comment: Comment, form: CommentChangeForm, status: int = 200, **more: object
) -> HttpResponse:
    """Show the form."""
    campaign, person = comment.idea.campaign, signed_in(request)
    before = campaign.check_comments == Campaign.Check.BEFORE and not (
        is_exempt(person, campaign.pk) or skips_waiting(person, campaign)
    )
    context = {
        "comment": comment,
        "idea": comment.idea,
        "form": form,
        "waits_first": before and comment.state == Comment.State.PUBLIC,
        "crumbs": crumbs(comment.idea, (_("Change your comment"), "")),
        "nav_current": "ideen",
    }
    return render(request, "ideas/change_comment.html", context | more, status=status)


@require_safe
def comment_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a comment said before, and what is different, to those who may compare."""
    rows = Comment.objects.visible_to(request.user).filter(published_at__isnull=False)
    comment = get_object_or_404(rows.select_related("idea__campaign", "author"), pk=pk)
    readable = Idea.objects.visible_to(request.user).filter(pk=comment.idea_id).exists()
    if not readable or not may_read_versions(request.user, comment):
        raise Http404
    context = {
        "comment": comment,
        "idea": comment.idea,
        "versions": public_versions(comment),
        "for_all": comment.idea.campaign.shows_comment_edits,
        "crumbs": crumbs(comment.idea, (_("Versions of a comment"), "")),
        "back": reverse("ideas:comment", args=[comment.pk]),
        "nav_current": "ideen",
    }
    return render(request, "ideas/comment_versions.html", context)
