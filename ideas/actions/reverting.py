"""Taking back what a decision has just done: the contribution is again as it was before, and waits."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import Refused
from common.events import announce
from ideas.actions.comment_versions import locked_comment
from ideas.actions.counting import change_comment_count, change_idea_count, change_reply_count
from ideas.actions.pictures import first_picture
from ideas.actions.publishing import locked, set_tags, show_version, touch_discussion
from ideas.events import COMMENT_HIDDEN, IDEA_HIDDEN
from ideas.models import Comment, CommentVersion, Idea, IdeaVersion
from search.actions import touch


def idea_as_it_is(idea_id: int) -> dict[str, Any]:
    """Return what an approval or a refusal changes of an idea, to bring it back by ``wait_as_before``."""
    found = Idea.objects.filter(pk=idea_id).values("state", "approved_version_id", "latest_version_id").first()
    return dict(found or {})


@transaction.atomic
def wait_as_before(idea_id: int, number: int, before: dict[str, Any]) -> Idea:
    """Let an idea be as it was before version ``number`` was approved or refused.

    Raises ``Refused`` (409) when something else has happened to it since then.
    """
    idea = locked(idea_id)
    version = idea.versions.filter(number=number).first()
    if version is None or idea.withdrawn_at or idea.state not in (Idea.State.PUBLIC, Idea.State.REFUSED):
        raise moved_on()
    if idea.state == Idea.State.REFUSED:
        idea.state = before["state"]
        idea.save(update_fields=["state"])
    elif idea.approved_version_id == version.pk and before["approved_version_id"] != version.pk:
        take_from_sight(idea, version, before["approved_version_id"])
    elif idea.approved_version_id == before["approved_version_id"] and not idea.has_pending_change:
        Idea.objects.filter(pk=idea.pk).update(latest_version=before["latest_version_id"])
    return idea


def take_from_sight(idea: Idea, version: IdeaVersion, earlier_id: int | None) -> None:
    """Let the version wait that is public; the one before stands in its place, if there was one."""
    IdeaVersion.objects.filter(pk=version.pk).update(published_at=None)
    if earlier_id is not None:
        earlier = idea.versions.get(pk=earlier_id)
        show_version(idea, earlier, first_picture(earlier))  # not one that was hidden meanwhile
        idea.approved_version = earlier
        idea.save()
        set_tags(idea, earlier.tags)
    else:
        idea.state, idea.approved_version, idea.published_at = Idea.State.WAITING, None, None
        idea.save()
        change_idea_count(idea.campaign_id, -1)
        announce(IDEA_HIDDEN, idea_id=idea.pk)
    touch("idea", idea.pk)
    touch_discussion(idea)


def comment_as_it_is(comment_id: int) -> dict[str, Any]:
    """Return what an approval or a refusal changes of a comment, to bring it back by ``comment_waits_as_before``."""
    found = Comment.objects.filter(pk=comment_id).values("state", "version", "latest").first()
    return dict(found or {})


@transaction.atomic
def comment_waits_as_before(comment_id: int, number: int, before: dict[str, Any]) -> Comment:
    """Let a comment be as it was before version ``number`` was approved or refused; raises ``Refused`` (409) like ideas do."""
    comment = locked_comment(comment_id)
    if comment.state == Comment.State.REFUSED:
        comment.state = before["state"]
        comment.save(update_fields=["state"])
    elif comment.state == Comment.State.PUBLIC and before["state"] != Comment.State.PUBLIC:
        hide_again(comment, before["state"])
    elif comment.state == Comment.State.PUBLIC and comment.version == number != before["version"]:
        show_earlier(comment, before["version"])
    elif comment.state == Comment.State.PUBLIC and comment.version == comment.latest == before["version"]:
        Comment.objects.filter(pk=comment.pk).update(latest=before["latest"])
    else:
        raise moved_on()
    return comment


def hide_again(comment: Comment, state: str) -> None:
    """Let a comment wait that was public for a moment."""
    comment.versions.filter(number=comment.version).update(published_at=None)
    comment.state, comment.published_at = state, None
    comment.save(update_fields=["state", "published_at"])
    change_reply_count(comment.parent_id, -1)
    change_comment_count(comment.idea_id, -1)
    touch("comment", comment.pk)
    announce(COMMENT_HIDDEN, comment_id=comment.pk)


def show_earlier(comment: Comment, number: int) -> None:
    """Put the words before a change in its place again; the change waits."""
    earlier = CommentVersion.objects.filter(comment=comment, number=number).first()
    if earlier is None:
        raise moved_on()
    comment.versions.filter(number=comment.version).update(published_at=None)
    comment.text, comment.stance, comment.version = earlier.text, earlier.stance, earlier.number
    comment.save(update_fields=["text", "stance", "version"])
    touch("comment", comment.pk)


def moved_on() -> Refused:
    """Return the refusal for what was changed since the decision."""
    return Refused(_("It was changed since then, so it stays as it is."), code="moved_on", status=409)
