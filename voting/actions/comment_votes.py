"""Agreeing with a comment or not: a state, never a toggle; every repetition is harmless."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from common.database import share_lock
from common.errors import Refused
from ideas.actions import change_comment_rating
from ideas.models import Comment, Idea, Phase
from ideas.rules import is_author, require_member
from voting import pace
from voting.actions.locks import lock_name
from voting.actions.recording import Kind, Step, Subject, move, record
from voting.models import CommentVote
from voting.voters import Voter, account_voter

if TYPE_CHECKING:
    from accounts.models import User

VALUES = (-1, 1)
INSERT = """
    INSERT INTO voting_commentvote (comment_id, campaign_id, voter_key, value, version) VALUES (%s, %s, %s, %s, 1)
    ON CONFLICT (comment_id, voter_key) DO NOTHING"""


def rate_comment(*, voter: "User", comment: Comment, value: int) -> None:
    """Let ``voter`` agree (1), disagree (−1) or take it back (0).

    Raises ``Refused`` (own, closed, bad_value, too_fast).
    """
    require_member(voter, comment.idea.campaign)
    if is_author(voter, comment):
        raise Refused(_("You cannot rate your own comment."), code="own", status=403)
    key = account_voter(voter, comment.idea.campaign_id)
    set_comment_vote(key, comment, value, account=pace.account_of(voter))


@transaction.atomic
def set_comment_vote(voter: Voter, comment: Comment, value: int, *, account: str = "") -> None:
    """Bring the voter's rating of a comment to a value; 0 takes it back, at any pace.

    ``account`` is its name in the table of paces. Raises ``Refused`` (closed, bad_value, too_fast).
    """
    if value not in (0, *VALUES):
        raise Refused(_("You can agree or not agree, nothing else."), code="bad_value", status=422)
    moment = share_lock(lock_name(comment.idea.campaign_id))
    require_open(comment, moment)
    step = _put(voter, comment, value)
    if step is not None:
        if value and account:
            pace.keep(account, moment)
        _follow(voter.key, comment, step, moment)


def require_open(comment: Comment, at: datetime) -> None:
    """Refuse comments that are gone, and all of them while no comments can be written; asks the database anew."""
    phases = Phase.objects.filter(
        campaign=OuterRef("idea__campaign"), allows_comments=True, opens_at__lte=at, closes_at__gt=at
    )
    public = Comment.objects.filter(pk=comment.pk, state=Comment.State.PUBLIC, idea__state=Idea.State.PUBLIC)
    found = public.values_list(Exists(phases.filter(campaign__is_published=True))).first()
    if found is None:
        raise Refused(_("This comment can no longer be rated."), code="closed")
    if not found[0]:
        words = _("Comments can be rated as long as comments can be written in the campaign. That is not so now.")
        raise Refused(words, code="closed")


def _put(voter: Voter, comment: Comment, value: int) -> Step | None:
    if value:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, [comment.pk, comment.idea.campaign_id, voter.key, value])
            if cursor.rowcount == 1:
                return Step(0, value, 0)
    return move(CommentVote.objects.filter(comment=comment, voter_key=voter.key), value)


def _follow(key: str, comment: Comment, step: Step, moment: datetime) -> None:
    """Write down the change; the counter comes last, as it is the row that many want."""
    record(Subject(Kind.COMMENT, comment.idea.campaign_id, comment.idea_id, comment.pk), key, step, moment)
    moved = dict(step.changes)
    change_comment_rating(comment.pk, agree=moved.get(1, 0), disagree=moved.get(-1, 0))


def withdraw_comment_votes(keys: list[str]) -> None:
    """Take back these keys' ratings of comments where they can still be changed; must run in a transaction."""
    votes = CommentVote.objects.filter(voter_key__in=keys).exclude(value=0).select_related("comment__idea")
    for vote in votes.order_by("campaign_id", "comment_id"):
        with suppress(Refused):  # comments are closed, or this one is gone
            set_comment_vote(Voter(vote.voter_key, 0), vote.comment, 0)
