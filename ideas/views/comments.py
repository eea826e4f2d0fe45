"""Taking part in the discussion of an idea."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused
from ideas import actions
from ideas.forms import CommentForm
from ideas.models import Comment, Idea
from ideas.queries.discussion import page_start
from ideas.queries.idea_page import visible_idea
from ideas.rules import is_author
from ideas.views.drafts import see_other, to_sign_in, typed
from ideas.views.idea import show

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

FIELDS = ["text", "stance", "parent", "request_key"]
WRITE = "kommentar-schreiben"


@require_POST
def add_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a comment, or bring it back with what is wrong; people without account sign in first."""
    idea = visible_idea(request.user, pk)
    if idea is None:
        raise Http404
    form = CommentForm(request.POST)
    if not form.is_valid():
        return show(request, idea, form, status=422)
    if not request.user.is_authenticated:
        request.session["comment"] = {str(pk): typed(request, FIELDS)}
        messages.info(request, _("Please sign in to send your comment. What you typed is still there afterwards."))
        return to_sign_in(f"{idea.get_absolute_url()}?kommentar=1#{WRITE}")
    try:
        comment = send(request.user, idea, form)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return show(request, idea, form, status=refusal.status)
    request.session.pop("comment", None)
    messages.success(request, thanks(comment))
    return see_other(address(comment, request.user))


def send(author: "User", idea: Idea, form: CommentForm) -> Comment:
    """Hand the typed comment to the action."""
    values = form.cleaned_data
    parent = None
    if values["parent"]:
        parent = (
            Comment.objects.visible_to(author).select_related("parent").filter(pk=values["parent"], idea=idea).first()
        )
        if parent is None:
            raise Refused(_("The comment you reply to is gone."), code="no_parent", status=409)
    return actions.write_comment(
        author=author,
        idea=idea,
        text=values["text"],
        stance=values["stance"],
        parent=parent,
        request_key=values["request_key"] or None,
    )


def thanks(comment: Comment) -> str:
    """Return what happens next with a comment."""
    if comment.state == Comment.State.PUBLIC:
        return _("Thank you, your comment is published.")
    return _("Thank you. A person of the moderation team reads your comment before it is published.")


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the comment on the page of its idea."""
    found = Comment.objects.placed_for(request.user).select_related("idea").filter(pk=pk).first()
    if found is None or not Idea.objects.visible_to(request.user).filter(pk=found.idea_id).exists():
        raise Http404
    response = see_other(address(found, request.user))
    response.status_code = 302
    return response


def address(comment: Comment, user: "User | AnonymousUser") -> str:
    """Return the address of the page and the place on it where the comment stands."""
    start = page_start(comment, user)
    query = f"?ab={start.pk}" if start else ""
    return f"{comment.idea.get_absolute_url()}{query}#kommentar-{comment.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def delete_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the author, then delete the comment."""
    if not request.user.is_authenticated:
        return to_sign_in(request.path)
    found = get_object_or_404(Comment.objects.visible_to(request.user).select_related("idea"), pk=pk)
    if not is_author(request.user, found):
        raise Http404
    if request.method != "POST":
        return render(request, "ideas/delete_comment.html", {"comment": found, "nav_current": "ideen"})
    actions.delete_comment(comment=found, by=request.user)
    messages.success(request, _("Your comment is deleted."))
    return see_other(found.idea.get_absolute_url())
