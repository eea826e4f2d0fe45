"""The versions of a comment, in the transactions that change it: the first is kept at the first change."""

from django.db.models import Max
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from ideas.actions.mentioning import tell_mentions
from ideas.models import Comment, CommentVersion
from search.actions import touch


def locked_comment(comment_id: int) -> Comment:
    """Return the comment, its row held until the transaction ends; raises ``Refused`` (404) when there is none."""
    comment = Comment.objects.select_for_update(of=("self",)).filter(pk=comment_id).first()
    if comment is None:
        raise Refused(_("This comment is gone."), code="gone", status=404)
    return comment


def add_version(comment: Comment, text: str, stance: str) -> CommentVersion:
    """Write down a new version, and before the first change how it was."""
    top = comment.versions.aggregate(top=Max("number"))["top"]
    if top is None:
        top = comment.latest
        CommentVersion.objects.create(
            comment=comment,
            number=top,
            text=comment.text,
            stance=comment.stance,
            created_at=comment.created_at,
            published_at=comment.published_at,
        )
    return CommentVersion.objects.create(comment=comment, number=top + 1, text=text, stance=stance, created_at=now())


def require_current(comment: Comment, number: int | None) -> None:
    """Raise ``Refused`` (409) unless that version is the newest: nobody decides on words they have not seen."""
    if number is not None and number != comment.latest:
        message = _("The comment was changed in the meantime. Please look at the new version.")
        raise Refused(message, code="stale", status=409)


def show_change(comment: Comment, number: int | None) -> Comment:
    """Make a version the public one: the newest, or a change that was refused, which a second look lets through.

    ``comment`` is public and its row held. Twice is the same as once.
    """
    if number is None or number == comment.version:
        return comment
    was_refused = comment.latest == comment.version and number > comment.latest
    if not was_refused:
        require_current(comment, number)
    version = comment.versions.filter(number=number).first()
    if version is None:
        require_current(comment, -1)
        return comment
    comment.text, comment.stance = version.text, version.stance
    comment.version = comment.latest = version.number
    comment.edited_at = version.published_at = now()
    comment.save(update_fields=["text", "stance", "version", "latest", "edited_at"])
    version.save(update_fields=["published_at"])
    touch("comment", comment.pk)
    tell_mentions(comment)
    return comment
