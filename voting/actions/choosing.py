"""What supporters of a merged idea do: carry their support over, leave it, change their mind. A state, never a toggle."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import lock, share_lock
from common.errors import Refused
from ideas.models import Idea, Merge
from voting import rules, statements, voter_keys
from voting.actions.choices import OVER, State, heir_of, of_voter, set_choice
from voting.actions.locks import lock_name, voter_lock
from voting.actions.writing import Counts, write
from voting.models import MergeChoice, SupporterNotice
from voting.models.notice import NoticeKind
from voting.queries.merging import path_of

if TYPE_CHECKING:
    from accounts.models import User


# Notices that are done with once somebody has chosen.
ASKING = (NoticeKind.MERGED, NoticeKind.REMINDER)


@transaction.atomic
def choose(*, voter: "User", merge: Merge, carry: bool) -> str:
    """Carry the voter's support over, or leave it (or bring it back) at the source; return what it is now.

    Repeated, it changes nothing; empty when there is nothing to choose about. Where the target was merged on, the
    support goes to where it ended. Raises ``Refused`` (closed, own, limit, undone, apart).
    """
    campaign = merge.source.campaign
    key = own_key(voter, campaign.pk)
    moment = share_lock(lock_name(campaign.pk))
    rules.require_open(campaign, moment)
    lock(voter_lock(campaign.pk, key))
    path = path_of(merge)
    if not path or path[0].pk != merge.pk:
        raise Refused(_("This merge was undone. Your support is where it was."), code="undone")
    rules.require_not_apart(key, path)
    step = Step(key, moment)
    if carry:
        _carry_on(voter, path, step)
    else:
        _leave(path, step)
    step.counts.settle()
    SupporterNotice.objects.filter(voter_key=key, number=merge.pk, kind__in=ASKING).update(is_read=True)
    found = of_voter(key).filter(merge=merge).first()
    return found.state if found else ""


def own_key(voter: "User", campaign_id: int) -> str:
    """Return the voter's key, or refuse: once the campaign's secret is gone, nobody can say whose support is whose."""
    try:
        return voter_keys.voter_key(campaign_id, voter)
    except voter_keys.KeyGone as error:
        words = _("The votes were made anonymous for good after the result. Nothing can be carried over any more.")
        raise Refused(words, code="closed") from error


@dataclass(frozen=True)
class Step:
    """What is done for one voter in one transaction: under which key, when, and what is to be counted at its end."""

    key: str
    moment: datetime
    counts: Counts = field(default_factory=Counts)


def _carry_on(voter: "User", path: list[Merge], step: Step) -> None:
    """Go along the path from the source to where it ends."""
    end = path[-1].target
    if end.state != Idea.State.PUBLIC:
        raise Refused(_("The idea it was merged into is not open for support now."), code="closed")
    if any(statements.hold_vote(merge.source, step.key) for merge in path) and rules.is_own(voter, end):
        raise Refused(_("You cannot support your own idea in this campaign."), code="own", status=403)
    carry_along(path, step)


def carry_along(path: list[Merge], step: Step) -> None:
    """Carry a support on, merge by merge, until it meets one of the same voter: that one has a choice of its own."""
    over = {choice.merge_id for choice in of_voter(step.key) if choice.state in OVER}
    for merge, following in zip_longest(path, path[1:]):
        if not carry_one(merge, step, went_on=following is not None and following.pk in over):
            return


def carry_one(merge: Merge, step: Step, *, went_on: bool) -> bool:
    """Carry one support from source to target; return whether it stands there by itself now.

    Where there is one already – or was one that ``went_on`` from there – the voter gets this one back.
    """
    source, target, key = merge.source, merge.target, step.key
    level = statements.delete_vote(source, key)
    if level is None:
        return False
    if not went_on and statements.insert_vote(target, key, level):
        set_choice(merge, key, State.CARRIED, step.counts)
        transfer(source, target, step)
        return True
    set_choice(merge, key, State.DOUBLED, step.counts)
    _used, version = statements.free_ballot(source.campaign_id, key)
    write(source, key, version, -1, step.moment)
    step.counts.support(source, -1)
    return False


def transfer(source: Idea, target: Idea, step: Step) -> None:
    """Write down that a support went from one idea to another; as many are used as before."""
    _used, version = statements.move_ballot(source.campaign_id, step.key)
    write(source, step.key, version - 1, -1, step.moment)
    write(target, step.key, version, +1, step.moment)
    step.counts.support(source, -1)
    step.counts.support(target, +1)


def _leave(path: list[Merge], step: Step) -> None:
    """Leave the support at the first source; what was carried on from there comes back the same way."""
    rows = {choice.merge_id: choice for choice in of_voter(step.key)}
    first = path[0]
    if first.pk not in rows or rows[first.pk].state not in OVER:
        if statements.hold_vote(first.source, step.key):
            set_choice(first, step.key, State.LEFT, step.counts)
        return
    taken = list(takewhile(lambda merge: merge.pk in rows and rows[merge.pk].state in OVER, path))
    for merge in reversed(taken):
        bring_back(MergeChoice.objects.select_related("merge").get(pk=rows[merge.pk].pk), merge, step, State.LEFT)
    carry_along(taken[1:], step)  # what another merged idea had brought along goes on as it was wanted


def bring_back(choice: MergeChoice, merge: Merge, step: Step, state: str) -> None:
    """Bring a support back to its source. Raises ``Refused`` (limit) when it was given back and is used elsewhere now."""
    source, target, key = merge.source, merge.target, step.key
    heir = heir_of(choice) if choice.state == State.CARRIED else None
    if choice.state == State.CARRIED and heir is None:
        level = statements.delete_vote(target, key)
        if level is not None:
            statements.insert_vote(source, key, level)
            set_choice(merge, key, state, step.counts)
            transfer(target, source, step)
        return
    if heir is not None:
        set_choice(heir.merge, key, State.CARRIED, step.counts)
    limit = source.campaign.support_limit
    statements.insert_vote(source, key, statements.level_of(source.campaign_id, key))
    set_choice(merge, key, state, step.counts)
    ballot = statements.use_ballot(source.campaign_id, key, limit)
    if ballot is None:
        raise rules.used_up(limit or 0)
    write(source, key, ballot[1], +1, step.moment)
    step.counts.support(source, +1)
