"""The form below a discussion, with what was typed before signing in and whom it replies to."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from ideas.forms import CommentForm
from ideas.models import Comment, Idea

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def comment_form(request: HttpRequest, idea: Idea) -> CommentForm:
    """Return an empty form, or what was typed before signing in; ``antwort`` in the address makes it a reply."""
    if request.GET.get("kommentar"):
        kept = request.session.get("comment", {}).get(str(idea.pk))
        if kept:
            return CommentForm(initial=kept)
    word = request.GET.get("antwort", "")
    is_number = word.isascii() and word.isdecimal() and len(word) <= 18
    return CommentForm(initial={"parent": int(word)} if is_number else None)


def reply_target(form: CommentForm, idea: Idea, user: "User | AnonymousUser") -> Comment | None:
    """Return the comment that the form replies to, if there is one to be seen."""
    parent = str(form["parent"].value() or "")
    if not (parent.isascii() and parent.isdecimal() and len(parent) <= 18):
        return None
    return Comment.objects.visible_to(user).select_related("author").filter(pk=int(parent), idea=idea).first()
