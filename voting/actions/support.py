"""What can happen to a support: given, taken back. A state, never a toggle: every repetition is harmless."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import lock, share_lock
from common.errors import Refused
from common.events import announce
from ideas.models import Idea
from ideas.rules import counts_shown
from voting import pace, phases, rules, statements, voter_keys
from voting.actions import choices, thresholds
from voting.actions.locks import lock_name, voter_lock
from voting.actions.quarantine import let_go
from voting.actions.tracing import leave_trace
from voting.actions.writing import Counts, write
from voting.events import SUPPORT_GIVEN, SUPPORT_WITHDRAWN
from voting.models import VoterLevel
from voting.queries import SupportState, fresh_count
from voting.queries.support import used_by
from voting.taking import Found, Try, take
from voting.voters import Voter, require_secret

if TYPE_CHECKING:
    from accounts.models import User


def give_support(*, voter: "User", idea: Idea, address: str | None = None) -> SupportState:
    """Let ``voter`` support the idea; repeated, it changes nothing. ``address``: from where the request came.

    Raises ``Refused`` (closed, own, limit, level, new_account, too_fast).
    """
    rules.require_may_support(voter, idea)
    require_secret(idea.campaign_id)
    key = voter_keys.voter_key(idea.campaign_id, voter)
    # How well the account is known is asked with the rows, behind the lock.
    return give(Voter(key, VoterLevel.MAIL), idea, account=voter, address=address)


def withdraw_support(*, voter: "User", idea: Idea) -> SupportState:
    """Let ``voter`` take the support back; repeated, it changes nothing. Raises ``Refused`` (closed)."""
    if not voter_keys.has_secret(idea.campaign_id):
        return SupportState(supported=False, supports=fresh_count(idea), used=0, limit=idea.campaign.support_limit)
    return withdraw(Voter(voter_keys.voter_key(idea.campaign_id, voter), VoterLevel.MAIL), idea)


def give(voter: Voter, idea: Idea, *, account: "User | None" = None, address: str | None = None) -> SupportState:
    """Let a voter support the idea: an account, or, without one, whoever holds a code. Repeated, it changes nothing.

    A vote that came by a request from an ``address`` leaves a trace. Membership and own ideas are the caller's to judge.
    Raises ``Refused`` (closed, limit, level, new_account, too_fast).
    """
    if not idea.campaign.is_published:
        raise rules.closed()
    tried = Try(voter, idea, account)
    with transaction.atomic():
        moment = share_lock(lock_name(idea.campaign_id))
        found = take(tried, moment)
        if found is None:
            raise rules.closed()
        _require(tried, found, moment)
        is_given = found.is_new and found.version is not None
        if is_given and address is not None:
            leave_trace(idea, voter.key, account, address, moment)
        supports = _given(idea, voter.key, found.version or 0, moment) if is_given else None
    return _state(voter, idea, found.used, supports, supported=True)


def withdraw(voter: Voter, idea: Idea) -> SupportState:
    """Let a voter take the support back; repeated, it changes nothing. Raises ``Refused`` (closed)."""
    with transaction.atomic():
        moment = share_lock(lock_name(idea.campaign_id))
        _state_now, is_merged = rules.require_open_for(idea, moment)
        used, supports = take_back(voter.key, idea, moment, is_merged=is_merged)
    return _state(voter, idea, used, supports, supported=False)


def take_back(key: str, idea: Idea, moment: datetime, *, is_merged: bool) -> tuple[int | None, int | None]:
    """Take a support away, whatever the phase; return (used, supports) as they are then, or (None, None): there was none.

    Call it in a transaction that holds the campaign's lock.
    """
    if is_merged:
        lock(voter_lock(idea.campaign_id, key))
    gone = statements.remove_vote(idea, key)
    if gone is None:
        return None, None
    counts, apart = Counts(), gone[1]
    if is_merged:
        choices.end_all(idea, key, counts)
    used, version = statements.free_ballot(idea.campaign_id, key)
    write(idea, key, version, -1, moment)
    if apart:
        let_go(idea, key, apart, moment)
    else:
        counts.support(idea, -1)
    supports = counts.settle().get(idea.pk)
    announce(SUPPORT_WITHDRAWN, idea_id=idea.pk)
    return used, supports


def _require(tried: Try, found: Found, moment: datetime) -> None:
    """Say which condition does not hold, if one does not. What stands by then goes with the transaction."""
    if found.state != Idea.State.PUBLIC:
        raise rules.gone()
    if not found.is_known:
        raise Refused(_("This account cannot vote any more. Please sign in again."), code="unknown_voter", status=403)
    if found.is_new_account:
        raise phases.account_too_new()
    if found.level < found.needed:
        raise phases.not_known_enough(found.needed)
    if found.level == VoterLevel.CODE and not found.takes_codes:
        raise Refused(_("No voting codes are taken at the moment."), code="closed")
    if found.is_new and found.version is None:
        raise rules.used_up(tried.idea.campaign.support_limit or 0)
    if found.is_new and not found.in_time:
        raise pace.too_fast(tried.pace_name, moment)


def _given(idea: Idea, key: str, version: int, moment: datetime) -> int:
    write(idea, key, version, +1, moment)
    supports = thresholds.count(idea, +1)
    announce(SUPPORT_GIVEN, idea_id=idea.pk)
    return supports


def _state(voter: Voter, idea: Idea, used: int | None, supports: int | None, *, supported: bool) -> SupportState:
    """Return what is so now; what the statements have not told already is asked."""
    limit = idea.campaign.support_limit
    if used is None and limit is not None:
        used = used_by(voter.key, idea.campaign_id)
    if supports is None or not counts_shown(idea.campaign):
        supports = fresh_count(idea)
    return SupportState(supported, supports, used or 0, limit)
