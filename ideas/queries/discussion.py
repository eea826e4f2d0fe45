"""The discussion of an idea, page by page: first comments with the first of their replies, and branches of their own.

However many there are, a page reads what it shows: first comments from an index on, and a few replies of each.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber

from ideas.models import Comment, Idea
from ideas.models.comment import CommentQuerySet
from ideas.queries.discussion_rows import Row, Thread, for_rows, row
from ideas.queries.discussion_stances import stances_along, stances_said
from ideas.queries.discussion_view import DISCUSSION, View
from ideas.queries.mentioned import note_names

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser

__all__ = ["PAGE_SIZE", "Discussion", "Row", "Thread", "View", "branch", "discussion"]

# Comments of a page, replies with them; a thread is never cut, so one that is longer has a page to itself.
PAGE_SIZE = 20
# So many replies stand below a comment, and so many below each of these, before a link leads to all.
REPLIES, BELOW = 3, 2


@dataclass(frozen=True)
class Discussion:
    """One page of comments, in threads."""

    threads: list[Thread]
    next_id: int | None
    from_start: bool
    # How many first comments are of which kind, where that was read along; None: ask ``stances_of``.
    stances: dict[str, int] | None = None

    @property
    def rows(self) -> list[Row]:
        """Return all rows of the page, in the order they are read."""
        return [row for thread in self.threads for row in thread.rows]

    def shows(self, pk: int) -> bool:
        """Tell whether a comment stands on this page."""
        return any(row.pk == pk for row in self.rows)


def discussion(idea: Idea, user: "Person", view: View = DISCUSSION) -> Discussion:
    """Return a page of what is said about the idea: first comments in the order of the view, two levels of replies."""
    comments = view.of(Comment.objects.placed_for(user).filter(idea=idea, depth=0))
    if idea.comment_count > PAGE_SIZE:
        comments = comments.annotate(stances=stances_along(idea))
    return _page(comments, user, view, levels=2)


def branch(root: Comment, user: "Person", start: Comment | None = None) -> Discussion:
    """Return a page of the replies to a comment, oldest first, each with the first of its own."""
    view = replace(DISCUSSION, start=start)
    return _page(view.of(Comment.objects.placed_for(user).filter(parent=root)), user, view, levels=1)


def _page(comments: CommentQuerySet, user: "Person", view: View, *, levels: int) -> Discussion:
    found: list[Any] = list(for_rows(comments).annotate(**_replies(user))[: PAGE_SIZE + 1])
    tried = _likely(found)
    below = _below(tried, user, levels)
    threads: list[Thread] = []
    room = PAGE_SIZE
    for comment in tried:
        thread = _thread(comment, below, user, (REPLIES, BELOW)[:levels])
        room -= len(thread.rows)
        if room < 0 and threads:
            break
        threads.append(thread)
    more = found[len(threads)].pk if len(found) > len(threads) else None
    said = getattr(found[0], "stances", None) if found else None
    page = Discussion(threads, more, view.start is None, stances_said(said) if said else None)
    note_names(row.comment for row in page.rows if row.comment)
    return page


def _replies(user: "Person") -> dict[str, Any]:
    """Return what tells that a comment has replies, and the first of them that has no place below it."""
    replies = Comment.objects.placed_for(user).filter(parent=OuterRef("pk"))
    return {
        "has_replies": Exists(replies),
        "beyond": Subquery(replies.order_by("pk").values("pk")[REPLIES : REPLIES + 1]),
    }


def _likely(found: list[Any]) -> list[Any]:
    """Return the comments that may have room on a page: at least one."""
    room, likely = PAGE_SIZE, []
    for comment in found[:PAGE_SIZE]:
        if room <= 0:
            break
        room -= 1 + min(comment.reply_count, REPLIES)
        likely.append(comment)
    return likely


def _below(parents: list[Any], user: "Person", levels: int) -> dict[int, list[Any]]:
    """Return the replies shown below these comments, one or two levels, by the comment they answer: one statement."""
    parents = [parent for parent in parents if parent.has_replies]
    if not parents:
        return {}
    some = _within(parents, "")
    replies = for_rows(Comment.objects.placed_for(user)).annotate(has_replies=_replies(user)["has_replies"])
    if levels == 1:
        replies = replies.filter(some)
    else:
        # Numbered and cut where they are read: as a list of ids to look up, the planner may make it anew for each row.
        number = Window(RowNumber(), partition_by=[F("parent")], order_by="pk")
        replies = replies.filter(some | _within(parents, "parent__"), top__in=[parent.pk for parent in parents])
        replies = replies.annotate(number=number).filter(number__lte=max(REPLIES, BELOW + 1))
    below: dict[int, list[Any]] = {}
    for comment in replies.order_by("pk"):
        below.setdefault(comment.parent_id or 0, []).append(comment)
    return below


def _within(parents: list[Any], path: str) -> Q:
    """Return the condition for replies to these comments that have a place below them."""
    whole = [parent.pk for parent in parents if parent.beyond is None]
    some = Q(**{f"{path}parent__in": whole}) if whole else Q()
    for parent in parents:
        if parent.beyond is not None:
            some |= Q(**{f"{path}parent": parent.pk, f"{path}pk__lt": parent.beyond})
    return some


def _thread(comment: Any, below: dict[int, list[Any]], user: "Person", limits: tuple[int, ...]) -> Thread:
    replies = below.get(comment.pk, [])
    if not limits:
        return Thread(row(comment, user), [], has_more=comment.has_replies)
    has_more = len(replies) > limits[0] or getattr(comment, "beyond", None) is not None
    shown = [_thread(reply, below, user, limits[1:]) for reply in replies[: limits[0]]]
    return Thread(row(comment, user), shown, has_more)
