"""Where a comment is shown: on the page of its idea, or in a branch of its own deeper down."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.urls import reverse

from ideas.models import Comment
from ideas.queries.discussion import branch, discussion
from ideas.queries.discussion_view import DISCUSSION, View

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser


def address(comment: Comment, user: "Person", view: View = DISCUSSION) -> str:
    """Return the address of the page and the place on it where this reader finds the comment, in that order.

    Pages are looked at, not reckoned: the one that shows it is the right one.
    """
    found = _on_the_page(comment, user, view) or _in_its_branch(comment, user) or _below_what_it_answers(comment, user)
    return f"{found}#kommentar-{comment.pk}"


def branch_address(pk: int, start: int | None = None) -> str:
    """Return the address of the replies to a comment, from the start or from one on."""
    return reverse("ideas:branch", args=[pk]) + (f"?ab={start}" if start else "")


def _on_the_page(comment: Comment, user: "Person", view: View) -> str:
    """Return the page of the idea that shows the comment, or ""."""
    if comment.depth > 2:
        return ""
    first = _first_of(comment)
    if first is None:
        return ""
    here = comment.idea.get_absolute_url()
    if discussion(comment.idea, user, view).shows(comment.pk):
        return here + view.query()
    there = discussion(comment.idea, user, replace(view, start=first))
    return here + view.query(ab=first.pk) if there.shows(comment.pk) else ""


def _first_of(comment: Comment) -> Comment | None:
    return comment if comment.depth == 0 else comment.top


def _in_its_branch(comment: Comment, user: "Person") -> str:
    """Return the page of the branch in which the comment stands one or two levels down, or ""."""
    top, child = comment.top, comment if comment.depth % 2 else comment.parent
    if top is None or child is None:
        return ""
    if branch(top, user).shows(comment.pk):
        return branch_address(top.pk)
    return branch_address(top.pk, child.pk) if branch(top, user, child).shows(comment.pk) else ""


def _below_what_it_answers(comment: Comment, user: "Person") -> str:
    """Return the page of the replies to the same comment that begins with this one."""
    if comment.parent is None:
        return comment.idea.get_absolute_url()
    if branch(comment.parent, user).shows(comment.pk):
        return branch_address(comment.parent.pk)
    return branch_address(comment.parent.pk, comment.pk)
