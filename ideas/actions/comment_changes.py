"""Changing a comment that was sent: within the campaign's time, never over words that were not seen."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from ideas.actions.comment_versions import add_version, locked_comment, show_change
from ideas.actions.commenting import publish_comment
from ideas.actions.mentioning import note_mentions
from ideas.models import Campaign, Comment, CommentVersion, Idea
from ideas.queries.comment_versions import newest_words
from ideas.rules import is_exempt, require_comment_changeable, skips_waiting
from moderation import record
from moderation.actions import open_case
from moderation.measures import require_may_write
from moderation.models import Act, Case

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def change_comment(
    *, comment: Comment, editor: "User", text: str, stance: str = "", seen_version: int | None = None
) -> Comment:
    """Write new words. What was approved stays public until the new ones are, where the campaign checks first.

    ``seen_version`` is the number of the version the person started from; another one since then is refused (409). The
    same words change nothing. Raises ``Refused`` 403 for somebody else, 409 when it is too late.
    """
    comment = locked_comment(comment.pk)
    idea = Idea.objects.select_related("campaign").get(pk=comment.idea_id)
    require_comment_changeable(editor, comment, idea, now())
    require_may_write(editor)
    if newest_words(comment) == (text, stance):
        return comment
    if seen_version is not None and seen_version != comment.latest:
        message = _("You have changed this comment in another window. Please compare and send again.")
        raise Refused(message, code="stale", status=409)
    return _check_or_show(comment, idea, editor, add_version(comment, text, stance))


def _check_or_show(comment: Comment, idea: Idea, editor: "User", version: CommentVersion) -> Comment:
    """Let the new version wait, or show it at once, as the campaign says; moderators see it either way."""
    was_public = comment.state == Comment.State.PUBLIC
    comment.latest = version.number
    if not was_public:  # nobody has read the words before: the new ones take their place
        comment.text, comment.stance, comment.version = version.text, version.stance, version.number
    comment.save(update_fields=["text", "stance", "version", "latest"])
    note_mentions(comment, idea, version.text, version.number)
    exempt = is_exempt(editor, idea.campaign_id)
    # What waits already goes on waiting, whoever is trusted meanwhile.
    trusted = was_public and skips_waiting(editor, idea.campaign)
    if idea.campaign.check_comments == Campaign.Check.AFTER or exempt or trusted:
        before = comment.state
        comment = show_change(comment, version.number) if was_public else publish_comment(comment.pk)
        record.without_decision(
            "comment", comment.pk, Act.Name.EXEMPT if exempt else Act.Name.CHECKED_LATER, before, comment.state
        )
    if not exempt or Case.objects.filter(kind="comment", object_id=comment.pk, state=Case.State.OPEN).exists():
        reason = Case.Reason.CHANGE if comment.published_at else Case.Reason.NEW
        open_case("comment", comment.pk, reason=reason, subject_version=version.number)
    return comment


@transaction.atomic
def bring_up_comment_change(comment_id: int) -> None:
    """Let a change wait for its decision again that was waiting when its comment was hidden."""
    comment = locked_comment(comment_id)
    is_waiting = Case.objects.filter(kind="comment", object_id=comment_id, state=Case.State.OPEN).exists()
    if comment.state == Comment.State.PUBLIC and comment.latest != comment.version and not is_waiting:
        open_case("comment", comment_id, reason=Case.Reason.CHANGE, subject_version=comment.latest)
