"""The discussion on the page of its idea, as the address asks for it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.utils import timezone

from ideas.models import Comment, Idea
from ideas.queries.discussion import discussion
from ideas.queries.discussion_balance import balance
from ideas.queries.discussion_view import View, order_links, read_view
from ideas.rules import allowed_now

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def page_of_comments(request: HttpRequest, found: Idea) -> dict[str, object]:
    """Return the comments in the order and of the kind in the address, from the one named there on (``ab``)."""
    view = read_view(request.GET, found.campaign)
    view = replace(view, start=start_of(request, idea=found, depth=0))
    page = discussion(found, request.user, view)
    return {
        "discussion": page,
        "comment_orders": order_links(view, found.campaign),
        "balance": balance(found, page, view),
        "comments_sort": View(view.sort).query(),
        "comments_start_url": found.get_absolute_url() + replace(view, start=None).query(),
        "comments_next_url": view.query(ab=page.next_id) if page.next_id else "",
    }


def start_of(request: HttpRequest, **among: object) -> Comment | None:
    """Return the comment with which the page begins (``ab``), None without; 404 unless it is one of these."""
    word = request.GET.get("ab", "")
    if not word:
        return None
    found = None
    if word.isascii() and word.isdecimal() and len(word) <= 18:
        found = Comment.objects.placed_for(request.user).filter(pk=int(word), **among).first()
    if found is None:
        raise Http404
    return found


def comments_open(user: "User | AnonymousUser", idea: Idea) -> bool:
    """Tell whether this person can write a comment now."""
    open_now = allowed_now(idea.campaign, "comments", timezone.now()) or user.has_perm("ideas.answer")
    return idea.state == Idea.State.PUBLIC and open_now


def placed(request: HttpRequest, pk: int) -> Comment:
    """Return the comment if it has a place where this person reads; 404 otherwise."""
    comments = Comment.objects.placed_for(request.user).select_related("idea__campaign", "parent", "top")
    found = comments.filter(pk=pk).first()
    if found is None or not Idea.objects.visible_to(request.user).filter(pk=found.idea_id).exists():
        raise Http404
    return found
