"""A comment as one reader sees it: its words, a notice to its author, or the tombstone of what is gone."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from ideas.models import Comment
from ideas.models.comment import CommentQuerySet
from moderation.rules import may_decide_in
from theme import dates

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser

# Stance → sign, and name of its colour.
STANCES = {
    Comment.Stance.PRO: ("plus", "for"),
    Comment.Stance.CONTRA: ("minus", "against"),
    Comment.Stance.QUESTION: ("question", "question"),
    Comment.Stance.IMPROVEMENT: ("bulb", "improve"),
}


@dataclass(frozen=True)
class Quote:
    """Another comment's words, above what is said about them."""

    pk: int
    name: str
    text: str


@dataclass(frozen=True)
class Row:
    """A comment as this reader sees it; ``comment`` is None for a tombstone."""

    pk: int
    comment: Comment | None
    tombstone: str
    notice: str
    is_reply: bool
    is_own: bool
    reply_count: int = 0
    quote: Quote | None = None

    @property
    def name(self) -> str:
        author = self.comment.author if self.comment else None
        return author.display_name if author else _("Former member")

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names that are marked in the words (``note_names``)."""
        return getattr(self.comment, "mentioned", ())

    @property
    def stance_icon(self) -> str:
        return self._stance[0]

    @property
    def stance_look(self) -> str:
        return self._stance[1]

    @property
    def _stance(self) -> tuple[str, str]:
        stance = self.comment.stance if self.comment else ""
        return STANCES[Comment.Stance(stance)] if stance else ("", "")


@dataclass
class Thread:
    """A comment with the first of its replies; ``has_more`` tells that there are others on a page of their own."""

    row: Row
    replies: list["Thread"] = field(default_factory=list)
    has_more: bool = False

    @property
    def rows(self) -> list[Row]:
        """Return the comment and all replies shown with it, in the order they are read."""
        return [self.row, *(row for reply in self.replies for row in reply.rows)]


def for_rows(comments: CommentQuerySet) -> CommentQuerySet:
    """Return the comments with what their rows show of others: the author, and who was quoted."""
    return comments.select_related("author").annotate(
        quoted_state=F("quote__state"),
        quoted_idea=F("quote__idea_id"),
        quoted_author=F("quote__author_id"),
        quoted_name=F("quote__author__display_name"),
        in_campaign=F("idea__campaign_id"),
    )


def row(comment: Any, user: "Person") -> Row:
    """Return what this reader sees at the place of a comment that came from ``for_rows``."""
    own = user.is_authenticated and comment.author_id == user.pk
    is_reply, replies = comment.parent_id is not None, comment.reply_count
    if comment.state == Comment.State.DELETED or not readable(comment.state, user, comment.in_campaign, own=own):
        return Row(comment.pk, None, tombstone(comment), "", is_reply, is_own=False, reply_count=replies)
    notice = "" if comment.state == Comment.State.PUBLIC else _notice(comment)
    return Row(comment.pk, comment, "", notice, is_reply, own, replies, _quote(comment, user))


def readable(state: str, user: "Person", campaign_id: int, *, own: bool) -> bool:
    """Tell whether this reader may read the words of a comment in that state."""
    if state == Comment.State.DELETED:
        return False
    return state == Comment.State.PUBLIC or own or may_decide_in(user, campaign_id)


def _quote(comment: Any, user: "Person") -> Quote | None:
    """Return the quoted words for as long as the comment they are from can be read; gone with it otherwise."""
    if not comment.quote_id or not comment.quote_text or comment.quoted_idea != comment.idea_id:
        return None
    own = user.is_authenticated and comment.quoted_author == user.pk
    if not readable(comment.quoted_state, user, comment.in_campaign, own=own):
        return None
    return Quote(comment.quote_id, comment.quoted_name or _("Former member"), comment.quote_text)


def tombstone(comment: Comment) -> str:
    """Return what stands in the place of a comment that is gone, with the day if it is known."""
    day = {"day": dates.short_day(comment.deleted_at)} if comment.deleted_at else None
    if comment.state == Comment.State.DELETED:
        if day:
            return _("Deleted on %(day)s by the person who wrote it. Replies stay.") % day
        return _("The author has deleted this comment.")
    if day:
        return _("Hidden by moderation on %(day)s. Replies stay.") % day
    return _("Moderation has hidden this comment. Replies stay.")


def _notice(comment: Comment) -> str:
    return {
        Comment.State.WAITING: _("This comment waits for review. Only you can see it."),
        Comment.State.REFUSED: _("This comment was refused. Only you can see it; the reasons are in your messages."),
        Comment.State.HIDDEN: _("This comment is hidden. Only you can see it; the reasons are in your messages."),
    }[Comment.State(comment.state)]
