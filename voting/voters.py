"""Who votes, for the rows: a key that names nobody, and how well the town knew the voter."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.rules import level_of
from common.errors import Refused
from voting import voter_keys
from voting.models import Ballot, Basket, CommentVote, Opinion, VoterLevel

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Voter:
    """A voter as the rows of one campaign know them."""

    key: str
    level: int


def account_voter(user: "User", campaign_id: int) -> Voter:
    """Return the voter an account stands for; the first vote of a campaign makes its secret.

    Raises ``Refused`` (closed) once the secret is gone: with a new one, everybody could vote again.
    """
    require_secret(campaign_id)
    return Voter(voter_keys.voter_key(campaign_id, user), level_of(user))


def code_voter(code_hash: str, campaign_id: int) -> Voter:
    """Return the voter who holds a one-time code. Raises ``Refused`` (closed) once the secret is gone."""
    require_secret(campaign_id)
    return Voter(voter_keys.key_of_code(campaign_id, code_hash), VoterLevel.CODE)


def require_secret(campaign_id: int) -> None:
    """Make the campaign's secret if nobody has voted yet. Raises ``Refused`` (closed) where it is gone."""
    if voter_keys.has_secret(campaign_id):
        return
    # A secret is there before the first row: with rows it is gone, or somebody made it and voted since we looked.
    if not any(model.objects.filter(campaign=campaign_id).exists() for model in (Ballot, Basket, CommentVote, Opinion)):
        voter_keys.make_secret(campaign_id)
    if not voter_keys.has_secret(campaign_id):
        raise Refused(_("Votes can no longer be given in this campaign."), code="closed")
