"""What can happen to a support: given, taken back. A state, never a toggle: every repetition is harmless."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import share_lock
from common.errors import Refused
from common.events import announce
from ideas.actions import change_support_count
from ideas.models import Idea
from voting import rules, statements, voter_keys
from voting.actions.locks import lock_name
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
        moment = enter(idea)
        used = _give(idea, key, moment) if statements.insert_vote(idea, key) else None
    return _state(voter, idea, used, supported=True)


def withdraw_support(*, voter: "User", idea: Idea) -> SupportState:
    """Let ``voter`` take the support back; repeated, it changes nothing. Raises ``Refused`` (closed)."""
    if not voter_keys.has_secret(idea.campaign_id):
        return SupportState(supported=False, supports=fresh_count(idea), used=0, limit=idea.campaign.support_limit)
    key = voter_keys.voter_key(idea.campaign_id, voter)
    with transaction.atomic():
        moment = enter(idea)
        used = _withdraw(idea, key, moment) if statements.delete_vote(idea, key) else None
    return _state(voter, idea, used, supported=False)


def enter(idea: Idea) -> datetime:
    """Share the campaign's lock with other voters, then ask the clock: what passes here is in before any sealing."""
    moment = share_lock(lock_name(idea.campaign_id))
    rules.require_open(idea.campaign, moment)
    return moment


def _give(idea: Idea, key: str, moment: datetime) -> int:
    limit = idea.campaign.support_limit
    ballot = statements.use_ballot(idea.campaign_id, key, limit)
    if ballot is None:
        raise rules.used_up(limit or 0)
    _write(idea, key, ballot[1], +1, moment)
    announce(SUPPORT_GIVEN, idea_id=idea.pk)
    return ballot[0]


def _withdraw(idea: Idea, key: str, moment: datetime) -> int:
    used, version = statements.free_ballot(idea.campaign_id, key)
    _write(idea, key, version, -1, moment)
    announce(SUPPORT_WITHDRAWN, idea_id=idea.pk)
    return used


def _write(idea: Idea, key: str, version: int, change: int, moment: datetime) -> None:
    """Keep what happened, to the hour, and move the counter; the row that many want is locked last."""
    secret = voter_keys.receipt(idea.campaign_id, key, idea.pk, version)
    commitment = hashlib.sha256(secret.encode()).hexdigest()
    statements.insert_event(idea, change, commitment, moment.replace(minute=0, second=0, microsecond=0))
    change_support_count(idea.pk, change)


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
