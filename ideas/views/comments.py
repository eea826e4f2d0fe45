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
from ideas.queries.discussion_places import address
from ideas.queries.discussion_view import read_view
from ideas.queries.idea_page import visible_idea
from ideas.rules import is_author
from ideas.views.discussion import placed
from ideas.views.drafts import see_other, to_sign_in, typed
from ideas.views.idea import show
from ideas.views.limits import require_pace, told_to_wait

if TYPE_CHECKING:
    from accounts.models import User

FIELDS = ["text", "stance", "parent", "quote", "quote_text", "request_key"]
WRITE = "kommentar-schreiben"
# What is taken out of the form when its comment is gone, so that sending again succeeds.
GONE = {"no_parent": ("parent",), "no_quote": ("quote", "quote_text")}


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
        require_pace(request, "comments")
        comment = send(request.user, idea, form)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        for name in GONE.get(refusal.code, ()):
            form.let(name, "")
        return told_to_wait(show(request, idea, form, status=refusal.status), refusal)
    request.session.pop("comment", None)
    messages.success(request, thanks(comment))
    return see_other(address(comment, request.user))


def send(author: "User", idea: Idea, form: CommentForm) -> Comment:
    """Hand the typed comment to the action."""
    values = form.cleaned_data
    parent = quote = None
    readable = Comment.objects.visible_to(author).filter(idea=idea)
    if values["parent"] and (parent := readable.filter(pk=values["parent"]).first()) is None:
        message = _("The comment you reply to is gone. Sent again, your words stand as a comment of their own.")
        raise Refused(message, code="no_parent", status=409)
    if values["quote"] and values["quote_text"] and (quote := readable.filter(pk=values["quote"]).first()) is None:
        message = _("The comment you quote is gone. Sent again, your comment goes without the quote.")
        raise Refused(message, code="no_quote", status=409)
    return actions.write_comment(
        author=author,
        idea=idea,
        text=values["text"],
        stance=values["stance"],
        parent=parent,
        quote=quote,
        quote_text=values["quote_text"],
        request_key=values["request_key"] or None,
    )


def thanks(comment: Comment) -> str:
    """Return what happens next with a comment."""
    if comment.state == Comment.State.PUBLIC:
        return _("Thank you, your comment is published.")
    return _("Thank you. A person of the moderation team reads your comment before it is published.")


@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the page that shows the comment, in the order that the address names."""
    found = placed(request, pk)
    response = see_other(address(found, request.user, read_view(request.GET, found.idea.campaign)))
    response.status_code = 302
    return response


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
