"""The discussion of an idea, page by page; hidden and deleted comments keep their place without their words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from ideas.models import Comment, Idea
from ideas.models.comment import THREAD, CommentQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser

PAGE_SIZE = 20
# Stance → sign, and name of its colour.
_STANCES = {
    Comment.Stance.PRO: ("plus", "for"),
    Comment.Stance.CONTRA: ("minus", "against"),
    Comment.Stance.QUESTION: ("question", "question"),
    Comment.Stance.IMPROVEMENT: ("bulb", "improve"),
}


@dataclass(frozen=True)
class Row:
    """A comment as this reader sees it; ``comment`` is None for a tombstone."""

    pk: int
    comment: Comment | None
    tombstone: str
    notice: str
    is_reply: bool
    is_own: bool

    @property
    def name(self) -> str:
        author = self.comment.author if self.comment else None
        return author.display_name if author else _("Former member")

    @property
    def stance_icon(self) -> str:
        return self._stance[0]

    @property
    def stance_look(self) -> str:
        return self._stance[1]

    @property
    def _stance(self) -> tuple[str, str]:
        stance = self.comment.stance if self.comment else ""
        return _STANCES[Comment.Stance(stance)] if stance else ("", "")


@dataclass
class Thread:
    """A first comment with the replies on this page; ``first`` is None when it stands on an earlier page."""

    first: Row | None
    replies: list[Row]


@dataclass(frozen=True)
class Discussion:
    """One page of comments."""

    rows: list[Row]
    next_id: int | None
    from_start: bool

    @property
    def threads(self) -> list[Thread]:
        """Return the rows as threads."""
        threads: list[Thread] = []
        for row in self.rows:
            if not row.is_reply:
                threads.append(Thread(row, []))
            elif threads:
                threads[-1].replies.append(row)
            else:
                threads.append(Thread(None, [row]))
        return threads


def in_order(comments: CommentQuerySet) -> CommentQuerySet:
    """Return comments thread by thread, oldest first, as the index has them."""
    return comments.annotate(thread=THREAD).order_by("thread", "pk")


def discussion(idea: Idea, user: "Person", first: Comment | None = None) -> Discussion:
    """Return a page of the discussion, from its start or from a comment on."""
    comments = in_order(Comment.objects.placed_for(user).filter(idea=idea))
    if first is not None:
        comments = _from(comments, first)
    found = list(comments.select_related("author")[: PAGE_SIZE + 1])
    more = found[PAGE_SIZE].pk if len(found) > PAGE_SIZE else None
    return Discussion([row(comment, user) for comment in found[:PAGE_SIZE]], more, first is None)


def _from(comments: CommentQuerySet, first: Comment) -> CommentQuerySet:
    thread = first.parent_id or first.pk
    return comments.filter(Q(thread__gt=thread) | Q(pk__gte=first.pk), thread__gte=thread)  # type: ignore[misc]


def row(comment: Comment, user: "Person") -> Row:
    """Return what this reader sees at the comment's place."""
    own = user.is_authenticated and comment.author_id == user.pk
    may_read = comment.state == Comment.State.PUBLIC or own or user.has_perm("moderation.decide")
    if comment.state == Comment.State.DELETED or not may_read:
        return Row(comment.pk, None, _tombstone(comment), "", comment.parent_id is not None, is_own=False)
    notice = "" if comment.state == Comment.State.PUBLIC else _notice(comment)
    return Row(comment.pk, comment, "", notice, comment.parent_id is not None, own)


def _tombstone(comment: Comment) -> str:
    if comment.state == Comment.State.DELETED:
        return _("The author has deleted this comment.")
    return _("Moderation has hidden this comment. Replies stay.")


def _notice(comment: Comment) -> str:
    return {
        Comment.State.WAITING: _("This comment waits for review. Only you can see it."),
        Comment.State.REFUSED: _("This comment was refused. Only you can see it; the reasons are in your messages."),
        Comment.State.HIDDEN: _("This comment is hidden. Only you can see it; the reasons are in your messages."),
    }[Comment.State(comment.state)]


def page_start(comment: Comment, user: "Person") -> Comment | None:
    """Return the comment a page must begin with to show this one; None if it is on the first page."""
    earlier = in_order(Comment.objects.placed_for(user).filter(idea=comment.idea_id))
    thread = comment.parent_id or comment.pk
    before = earlier.filter(Q(thread__lt=thread) | Q(thread=thread, pk__lt=comment.pk)).order_by()[:PAGE_SIZE].count()
    return None if before < PAGE_SIZE else comment
