"""The form below a discussion, with what was typed before signing in, whom it replies to and whom it quotes."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from ideas.forms import CommentForm
from ideas.models import Comment, Idea
from ideas.quotes import LONGEST, is_from, offered

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def comment_form(request: HttpRequest, idea: Idea) -> CommentForm:
    """Return an empty form, or what was typed before signing in.

    In the address ``antwort`` makes it a reply, ``zitat`` a reply with a quote; ``worte`` are the words to quote.
    """
    if request.GET.get("kommentar"):
        kept = request.session.get("comment", {}).get(str(idea.pk))
        if kept:
            return CommentForm(initial=kept)
    parent, quoted = (comment_in(request.GET.get(name), idea, request.user) for name in ("antwort", "zitat"))
    initial: dict[str, object] = {"parent": parent.pk} if parent else {}
    if quoted is not None and quoted.state == Comment.State.PUBLIC:
        words = request.GET.get("worte", "")[:LONGEST]
        words = words if words and is_from(words, quoted.text) else offered(quoted.text)
        initial = {"parent": quoted.pk} | initial | {"quote": quoted.pk, "quote_text": words}
    return CommentForm(initial=initial or None)


def reply_target(form: CommentForm, idea: Idea, user: "User | AnonymousUser") -> Comment | None:
    """Return the comment that the form replies to, if there is one to be seen."""
    return comment_in(form["parent"].value(), idea, user)


def quote_target(form: CommentForm, idea: Idea, user: "User | AnonymousUser") -> Comment | None:
    """Return the comment that the form quotes, if there is one to be seen."""
    return comment_in(form["quote"].value(), idea, user)


def comment_in(word: object, idea: Idea, user: "User | AnonymousUser") -> Comment | None:
    """Return the comment of this idea with that number, if the person may read it."""
    number = str(word or "")
    if not (number.isascii() and number.isdecimal() and len(number) <= 18):
        return None
    return Comment.objects.visible_to(user).select_related("author").filter(pk=int(number), idea=idea).first()
