"""What people do with comments, and what moderation does with them."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.actions.counting import change_comment_count
from ideas.events import COMMENT_HIDDEN, COMMENT_PUBLISHED, COMMENT_SUBMITTED
from ideas.models import Campaign, Comment, Idea
from ideas.rules import is_author, is_exempt, require_commentable
from moderation.actions import close_case, open_case
from moderation.models import Case
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User


def write_comment(
    *,
    author: "User",
    idea: Idea,
    text: str,
    stance: str = "",
    parent: Comment | None = None,
    request_key: str | None = None,
) -> Comment:
    """Add a comment; the same request key of the same person gives the first one again."""
    if found := written_before(author, request_key):
        return found
    try:
        return _write(author, idea, text, stance, parent, request_key)
    except IntegrityError:  # the same request at the same time
        if found := written_before(author, request_key):
            return found
        raise


def written_before(author: "User", request_key: str | None) -> Comment | None:
    """Return the comment this request made already."""
    return Comment.objects.filter(author=author, request_key=request_key).first() if request_key else None


@transaction.atomic
def _write(
    author: "User", idea: Idea, text: str, stance: str, parent: Comment | None, request_key: str | None
) -> Comment:
    idea = Idea.objects.select_related("campaign").get(pk=idea.pk)
    require_commentable(idea, author)
    comment = Comment.objects.create(
        idea=idea,
        parent=_thread_of(parent, idea),
        author=author,
        office=author.office if author.has_perm("ideas.answer") else "",
        stance=stance,
        text=text,
        request_key=request_key or None,
        created_at=now(),
    )
    announce(COMMENT_SUBMITTED, comment_id=comment.pk)
    exempt = is_exempt(author)
    if idea.campaign.check_comments == Campaign.Check.AFTER or exempt:
        comment = publish_comment(comment.pk)
    if not exempt:
        open_case("comment", comment.pk, reason=Case.Reason.NEW, subject_version=1)
    return comment


def _thread_of(parent: Comment | None, idea: Idea) -> Comment | None:
    """Return the first comment of the thread: replies to replies stand beside them."""
    if parent is None:
        return None
    first = parent.parent or parent
    if parent.idea_id != idea.pk or Comment.State.PUBLIC not in (parent.state, first.state):
        raise Refused(_("The comment you reply to is gone."), code="no_parent", status=409)
    return first


def _locked(comment_id: int) -> Comment:
    return Comment.objects.select_for_update(of=("self",)).get(pk=comment_id)


@transaction.atomic
def publish_comment(comment_id: int) -> Comment:
    """Make a waiting, refused or hidden comment public; twice is the same as once."""
    comment = _locked(comment_id)
    if comment.state == Comment.State.PUBLIC:
        return comment
    if comment.state == Comment.State.DELETED:
        raise Refused(_("Its author has deleted this comment."), code="wrong_state", status=409)
    first_time = comment.published_at is None
    comment.state = Comment.State.PUBLIC
    comment.published_at = comment.published_at or now()
    comment.save(update_fields=["state", "published_at"])
    change_comment_count(comment.idea_id, +1)
    touch("comment", comment.pk)
    if first_time:
        announce(COMMENT_PUBLISHED, comment_id=comment.pk)
    return comment


@transaction.atomic
def refuse_comment(comment_id: int) -> Comment:
    """Refuse a waiting comment."""
    comment = _locked(comment_id)
    if comment.state != Comment.State.WAITING:
        raise Refused(_("There is nothing to refuse here."), code="wrong_state", status=409)
    comment.state = Comment.State.REFUSED
    comment.save(update_fields=["state"])
    return comment


@transaction.atomic
def hide_comment(comment_id: int) -> Comment:
    """Take a public comment from sight; a tombstone keeps its place."""
    comment = _locked(comment_id)
    if comment.state != Comment.State.PUBLIC:
        raise Refused(_("Only a public comment can be hidden."), code="wrong_state", status=409)
    _leave_sight(comment, Comment.State.HIDDEN)
    announce(COMMENT_HIDDEN, comment_id=comment.pk)
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, by: "User") -> Comment:
    """Let authors delete what they wrote: the words go, a tombstone stays if it was public."""
    comment = _locked(comment.pk)
    if not is_author(by, comment) or comment.state not in (Comment.State.PUBLIC, Comment.State.WAITING):
        raise Refused(_("This comment cannot be deleted."), code="not_deletable", status=403)
    close_case("comment", comment.pk)
    comment.text = ""
    if comment.state == Comment.State.PUBLIC:
        _leave_sight(comment, Comment.State.DELETED)
    comment.state = Comment.State.DELETED
    comment.save(update_fields=["state", "text"])
    return comment


def _leave_sight(comment: Comment, state: str) -> None:
    comment.state = state
    comment.save(update_fields=["state"])
    change_comment_count(comment.idea_id, -1)
    touch("comment", comment.pk)
