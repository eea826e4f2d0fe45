"""What can be asked about ratings of comments: one's own, and the numbers as far as they may be shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ideas.models import Campaign, Comment
from ideas.rules import counts_shown
from voting import voter_keys
from voting.models import CommentVote

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


@dataclass(frozen=True)
class CommentState:
    """How a person stands to a comment: 1, −1 or 0; ``value`` is None when nobody can tell any more (secret gone).

    The numbers are None while numbers of votes are hidden.
    """

    value: int | None
    agree: int | None
    disagree: int | None


def comment_state(user: "User | AnonymousUser", comment: Comment) -> CommentState:
    """Return how ``user`` stands to a comment, by the database as it is now."""
    agree, disagree = Comment.objects.values_list("agree_count", "disagree_count").get(pk=comment.pk)
    own = own_values(user, comment.idea.campaign, [comment.pk])
    value = None if own is None else own.get(comment.pk, 0)
    shown = counts_shown(comment.idea.campaign)
    return CommentState(value, agree if shown else None, disagree if shown else None)


def own_values(
    user: "User | AnonymousUser", campaign: Campaign, comments: Iterable[int], idea_id: int | None = None
) -> dict[int, int] | None:
    """Return what ``user`` says about comments of a campaign: one statement; None when nobody can tell any more.

    With ``idea_id``, about all comments of that idea.
    """
    if not user.is_authenticated:
        return {}
    votes = CommentVote.objects.filter(campaign=campaign).exclude(value=0)
    votes = votes.filter(comment__idea=idea_id) if idea_id else votes.filter(comment__in=list(comments))
    try:
        key = voter_keys.voter_key(campaign.pk, user)
    except voter_keys.KeyGone:  # before the first vote of a campaign there is no secret yet
        return None if votes.exists() else {}
    return dict(votes.filter(voter_key=key).values_list("comment_id", "value"))
