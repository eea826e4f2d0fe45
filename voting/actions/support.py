"""What can happen to a support: given, taken back. A state, never a toggle: every repetition is harmless."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import lock, share_lock
from common.errors import Refused
from common.events import announce
from ideas.actions import change_support_count
from ideas.models import Idea
from voting import rules, statements, voter_keys
from voting.actions import choices
from voting.actions.locks import lock_name, voter_lock
from voting.actions.writing import Counts, write
from voting.events import SUPPORT_GIVEN, SUPPORT_WITHDRAWN
from voting.models import Ballot
from voting.queries import SupportState, fresh_count, used_supports

if TYPE_CHECKING:
    from accounts.models import User


def give_support(*, voter: "User", idea: Idea) -> SupportState:
    """Let ``voter`` support the idea; repeated, it changes nothing. Raises ``Refused`` (closed, own, limit)."""
    rules.require_may_support(voter, idea)
    key = _own_key(voter, idea)
    with transaction.atomic():
        moment = share_lock(lock_name(idea.campaign_id))
        state, _is_merged = rules.require_open_for(idea, moment)
        if state != Idea.State.PUBLIC:
            raise rules.gone()
        used = _give(idea, key, moment) if statements.insert_vote(idea, key) else None
    return _state(voter, idea, used, supported=True)


def withdraw_support(*, voter: "User", idea: Idea) -> SupportState:
    """Let ``voter`` take the support back; repeated, it changes nothing. Raises ``Refused`` (closed)."""
    if not voter_keys.has_secret(idea.campaign_id):
        return SupportState(supported=False, supports=fresh_count(idea), used=0, limit=idea.campaign.support_limit)
    key = voter_keys.voter_key(idea.campaign_id, voter)
    with transaction.atomic():
        moment = share_lock(lock_name(idea.campaign_id))
        _state_now, is_merged = rules.require_open_for(idea, moment)
        if is_merged:
            lock(voter_lock(idea.campaign_id, key))
        used = _withdraw(idea, key, moment, is_merged) if statements.delete_vote(idea, key) else None
    return _state(voter, idea, used, supported=False)


def _give(idea: Idea, key: str, moment: datetime) -> int:
    limit = idea.campaign.support_limit
    ballot = statements.use_ballot(idea.campaign_id, key, limit)
    if ballot is None:
        raise rules.used_up(limit or 0)
    write(idea, key, ballot[1], +1, moment)
    change_support_count(idea.pk, +1)
    announce(SUPPORT_GIVEN, idea_id=idea.pk)
    return ballot[0]


def _withdraw(idea: Idea, key: str, moment: datetime, is_merged: bool) -> int:
    counts = Counts()
    if is_merged:
        choices.end_all(idea, key, counts)
    used, version = statements.free_ballot(idea.campaign_id, key)
    write(idea, key, version, -1, moment)
    counts.support(idea, -1)
    counts.settle()
    announce(SUPPORT_WITHDRAWN, idea_id=idea.pk)
    return used


def _own_key(voter: "User", idea: Idea) -> str:
    """Return the voter's key. A campaign with ballots but without its secret takes nothing more: all could vote again."""
    campaign_id = idea.campaign_id
    if not voter_keys.has_secret(campaign_id) and not Ballot.objects.filter(campaign=campaign_id).exists():
        voter_keys.make_secret(campaign_id)
    try:
        return voter_keys.voter_key(campaign_id, voter)
    except voter_keys.KeyGone as error:
        raise Refused(_("Supports can no longer be given in this campaign."), code="closed") from error


def _state(voter: "User", idea: Idea, used: int | None, *, supported: bool) -> SupportState:
    if used is None and idea.campaign.support_limit is not None:
        used = used_supports(voter, idea.campaign)
    return SupportState(supported, fresh_count(idea), used or 0, idea.campaign.support_limit)
