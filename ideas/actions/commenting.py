"""What people do with comments, and what moderation does with them."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.actions.comment_versions import locked_comment, require_current, show_change
from ideas.actions.counting import change_comment_count, change_reply_count
from ideas.actions.mentioning import note_mentions, tell_mentions
from ideas.events import COMMENT_DELETED, COMMENT_HIDDEN, COMMENT_PUBLISHED, COMMENT_RESTORED, COMMENT_SUBMITTED
from ideas.models import Campaign, Comment, CommentVersion, Idea, Mention
from ideas.quotes import LONGEST, is_from
from ideas.rules import is_author, is_exempt, require_commentable, skips_waiting
from moderation import record
from moderation.actions import close_case, open_case
from moderation.measures import require_may_write
from moderation.models import Act, Case
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
    quote: Comment | None = None,
    quote_text: str = "",
    request_key: str | None = None,
) -> Comment:
    """Add a comment; the same request key of the same person gives the first one again.

    ``quote_text`` are words of the comment ``quote``. Raises ``Refused``: 404 idea or account gone, 409 closed, or what it
    replies to or quotes is gone, 422 words that were not said.
    """
    said = quote_text.strip() if quote else ""
    new = {"text": text, "stance": stance, "parent": parent, "quote": quote if said else None, "quote_text": said}
    for is_last in (False, True):
        if found := written_before(author, request_key):
            return found
        with suppress(IntegrityError):  # the same request at the same time, or somebody's account went meanwhile
            return _write(author, idea, new, request_key)
        if is_last or not type(author).objects.filter(pk=author.pk).exists():
            break
    if found := written_before(author, request_key):
        return found
    raise Refused(_("Your account is gone."), code="gone", status=404)


def written_before(author: "User", request_key: str | None) -> Comment | None:
    """Return the comment this request made already."""
    return Comment.objects.filter(author=author, request_key=request_key).first() if request_key else None


@transaction.atomic
def _write(author: "User", idea: Idea, new: dict[str, Any], request_key: str | None) -> Comment:
    fresh = Idea.objects.select_related("campaign").filter(pk=idea.pk).first()
    if fresh is None:
        raise Refused(_("This idea is gone."), code="gone", status=404)
    require_commentable(fresh, author)
    require_may_write(author)
    require_answerable(new["parent"], fresh)
    require_quotable(new["quote"], fresh, new["quote_text"], new["parent"])
    parent: Comment | None = new["parent"]
    comment = Comment.objects.create(
        idea=fresh,
        **new,
        depth=parent.depth + 1 if parent else 0,
        top_id=place_below(parent) if parent else None,
        author=author,
        office=author.office if author.has_perm("ideas.answer") else "",
        request_key=request_key or None,
        created_at=now(),
    )
    note_mentions(comment, fresh, comment.text, comment.version)
    announce(COMMENT_SUBMITTED, comment_id=comment.pk)
    exempt = is_exempt(author, idea.campaign_id)
    if fresh.campaign.check_comments == Campaign.Check.AFTER or exempt or skips_waiting(author, fresh.campaign):
        before, comment = comment.state, publish_comment(comment.pk)
        record.without_decision(
            "comment", comment.pk, Act.Name.EXEMPT if exempt else Act.Name.CHECKED_LATER, before, comment.state
        )
    if not exempt:
        open_case("comment", comment.pk, reason=Case.Reason.NEW, subject_version=1)
    return comment


def require_quotable(quote: Comment | None, idea: Idea, words: str, parent: Comment | None) -> None:
    """Refuse quotes of what is not a public comment of the same idea, and of words that do not stand there.

    The rows stay held, so that nobody deletes the comment while it is quoted; replies before what they answer, as in
    every transaction that holds several comments.
    """
    if quote is None:
        return
    rows = Comment.objects.select_for_update(of=("self",), no_key=True).order_by("-pk")
    held = {row.pk: row for row in rows.filter(pk__in=[quote.pk, *([parent.pk] if parent else [])])}
    found = held.get(quote.pk)
    if found is None or found.idea_id != idea.pk or found.state != Comment.State.PUBLIC:
        message = _("The comment you quote is gone. Sent again, your comment goes without the quote.")
        raise Refused(message, code="no_quote", status=409)
    if len(words) > LONGEST or not is_from(words, found.text):
        message = _("These words do not stand in the comment you quote. Please quote a piece of it, word by word.")
        raise Refused(message, code="not_said", status=422, field="quote_text")


def require_answerable(parent: Comment | None, idea: Idea) -> None:
    """Refuse replies to what is not, or no longer, a public comment of the same idea."""
    if parent is not None and (parent.idea_id != idea.pk or parent.state != Comment.State.PUBLIC):
        message = _("The comment you reply to is gone. Sent again, your words stand as a comment of their own.")
        raise Refused(message, code="no_parent", status=409)


def place_below(parent: Comment) -> int:
    """Return the comment below which a reply to ``parent`` is shown: two levels of replies stand below one comment."""
    return parent.pk if parent.depth % 2 == 0 else parent.top_id or parent.pk


@transaction.atomic
def publish_comment(comment_id: int, version: int | None = None) -> Comment:
    """Make a waiting, refused or hidden comment public, or a change of a public one; twice is the same as once.

    ``version``: the number of the version somebody has looked at; another one since then is refused (409).
    """
    comment = locked_comment(comment_id)
    if comment.state == Comment.State.PUBLIC:
        return show_change(comment, version)
    if comment.state == Comment.State.DELETED:
        raise Refused(_("Its author has deleted this comment."), code="wrong_state", status=409)
    if comment.state != Comment.State.HIDDEN:  # what was hidden comes back as it was
        require_current(comment, version)
    first_time = comment.published_at is None
    comment.state = Comment.State.PUBLIC
    comment.published_at, comment.deleted_at = comment.published_at or now(), None
    comment.save(update_fields=["state", "published_at", "deleted_at"])
    comment.versions.filter(number=comment.version, published_at=None).update(published_at=comment.published_at)
    change_reply_count(comment.parent_id, +1)
    change_comment_count(comment.idea_id, +1)
    touch("comment", comment.pk)
    tell_mentions(comment)
    announce(COMMENT_PUBLISHED if first_time else COMMENT_RESTORED, comment_id=comment.pk)
    return comment


@transaction.atomic
def refuse_comment(comment_id: int, version: int | None = None) -> Comment:
    """Refuse a waiting comment, or a change: then what was public stays. ``version`` as in ``publish_comment``."""
    comment = locked_comment(comment_id)
    has_change = comment.state == Comment.State.PUBLIC and comment.latest != comment.version
    if comment.state != Comment.State.WAITING and not has_change:
        raise Refused(_("There is nothing to refuse here."), code="wrong_state", status=409)
    require_current(comment, version)
    comment.latest = comment.version
    comment.state = comment.state if has_change else Comment.State.REFUSED
    comment.save(update_fields=["state", "latest"])
    return comment


@transaction.atomic
def hide_comment(comment_id: int) -> Comment:
    """Take a public comment from sight; a tombstone keeps its place."""
    comment = locked_comment(comment_id)
    if comment.state != Comment.State.PUBLIC:
        raise Refused(_("Only a public comment can be hidden."), code="wrong_state", status=409)
    _leave_sight(comment, Comment.State.HIDDEN)
    announce(COMMENT_HIDDEN, comment_id=comment.pk)
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, by: "User") -> Comment:
    """Let authors delete what they wrote: all its versions go, a dated tombstone stays if it was public, and so do replies."""
    comment = locked_comment(comment.pk)
    if is_author(by, comment) and comment.state == Comment.State.DELETED:
        return comment
    if not is_author(by, comment) or comment.state not in (Comment.State.PUBLIC, Comment.State.WAITING):
        raise Refused(_("This comment cannot be deleted."), code="not_deletable", status=403)
    close_case("comment", comment.pk)
    record.without_decision("comment", comment.pk, Act.Name.DELETED, comment.state, Comment.State.DELETED)
    if comment.state == Comment.State.PUBLIC:
        _leave_sight(comment, Comment.State.DELETED)
    CommentVersion.objects.filter(comment=comment).delete()
    Mention.objects.filter(comment=comment).delete()
    comment.state, comment.deleted_at = Comment.State.DELETED, comment.deleted_at or now()
    comment.text = comment.quote_text = ""
    comment.quote, comment.latest = None, comment.version
    comment.save(update_fields=["state", "deleted_at", "text", "quote", "quote_text", "latest"])
    announce(COMMENT_DELETED, comment_id=comment.pk)
    return comment


@transaction.atomic
def forget_quotes(comment_id: int) -> None:
    """Take the words of a deleted comment out of the comments that quote it."""
    if Comment.objects.filter(pk=comment_id, state=Comment.State.DELETED).exists():
        Comment.objects.filter(quote=comment_id).update(quote=None, quote_text="")


def _leave_sight(comment: Comment, state: str) -> None:
    comment.state, comment.deleted_at = state, now()
    comment.save(update_fields=["state", "deleted_at"])
    change_reply_count(comment.parent_id, -1)
    change_comment_count(comment.idea_id, -1)
    touch("comment", comment.pk)
