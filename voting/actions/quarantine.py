"""Setting votes apart and giving them back: two people each time, with a reason, on record; never after the seal.

The rows stay, and their voters' ballots too: nobody gets a support back that is only being looked at. What is set apart
leaves the counter by an event of its own (``held`` −1) and comes back by another (+1), so that rows less those set apart,
counter and events always agree.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.database import lock, now
from common.errors import Refused
from ideas.models import Idea
from voting import reviewing, voter_keys
from voting.actions import thresholds
from voting.actions.locks import lock_name
from voting.actions.writing import hash_of, to_hour
from voting.models import Flag, Quarantine, ReviewStep, Vote, VoteEvent
from voting.queries.reviewing import live_quarantine, matching_votes

if TYPE_CHECKING:
    from accounts.models import User

AT_ONCE = 500
Kind = ReviewStep.Kind


@transaction.atomic
def call_harmless(*, flag: Flag, by: "User", reason: str) -> None:
    """Close a flag: nothing is wrong. One person is enough. Raises ``Refused`` (403, 404, 409)."""
    flag = _held_flag(flag, by)
    reviewing.require_open(flag)
    if live_quarantine(flag):
        raise reviewing.proposed_already()
    Flag.objects.filter(pk=flag.pk).update(state=Flag.State.HARMLESS)
    _record(flag, None, Kind.HARMLESS, by, reason)


@transaction.atomic
def propose(*, flag: Flag, by: "User", reason: str) -> Quarantine:
    """Propose to set apart the votes a flag means; another person decides. Raises ``Refused`` (403, 404, 409)."""
    flag = _held_flag(flag, by)
    reviewing.require_open(flag)
    reviewing.require_possible(flag)
    if live_quarantine(flag):
        raise reviewing.proposed_already()
    number = len(matching_votes(flag))
    if not number:
        raise reviewing.nothing_left()
    try:
        made = Quarantine.objects.create(flag=flag, idea=flag.idea, reason=reason, number=number, proposed_by=by)
    except IntegrityError as error:
        raise reviewing.proposed_already() from error
    _record(flag, made, Kind.PROPOSED, by, reason, number)
    return made


@transaction.atomic
def agree(*, quarantine: Quarantine, by: "User") -> int:
    """Set the votes apart that the flag means now; return how many. Raises ``Refused`` (403, 404, 409)."""
    flag, row = _held(quarantine, by, other_than="proposed_by")
    reviewing.require_waiting(row)
    reviewing.require_possible(flag)
    moment, keys = now(), matching_votes(flag)
    if not keys:
        raise reviewing.nothing_left()
    for chunk in _chunks(keys):
        Vote.objects.filter(idea=flag.idea_id, voter_key__in=chunk, quarantine=None).update(quarantine=row)
    _write_events(flag.idea, keys, row, -1, moment)
    thresholds.count(flag.idea, -len(keys))
    Quarantine.objects.filter(pk=row.pk).update(agreed_by=by, agreed_at=moment, number=len(keys))
    Flag.objects.filter(pk=flag.pk).update(state=Flag.State.QUARANTINED)
    _record(flag, row, Kind.AGREED, by, "", len(keys))
    return len(keys)


@transaction.atomic
def reject(*, quarantine: Quarantine, by: "User", reason: str) -> None:
    """Decline a proposal; the flag waits again. Raises ``Refused`` (403, 404, 409)."""
    flag, row = _held(quarantine, by, other_than="proposed_by")
    reviewing.require_waiting(row)
    Quarantine.objects.filter(pk=row.pk).update(rejected_by=by, rejected_at=now())
    _record(flag, row, Kind.REJECTED, by, reason)


@transaction.atomic
def propose_end(*, quarantine: Quarantine, by: "User", reason: str) -> None:
    """Propose to give the votes back; another person decides. Raises ``Refused`` (403, 404, 409)."""
    flag, row = _held(quarantine, by)
    reviewing.require_apart(row)
    reviewing.require_not_sealed(flag)
    if row.end_proposed_by_id:
        raise reviewing.proposed_already()
    Quarantine.objects.filter(pk=row.pk).update(end_proposed_by=by, end_proposed_at=now(), ended_because=reason)
    _record(flag, row, Kind.END_PROPOSED, by, reason)


@transaction.atomic
def agree_end(*, quarantine: Quarantine, by: "User") -> int:
    """Give the votes back that are there still; return how many. Raises ``Refused`` (403, 404, 409)."""
    flag, row = _held(quarantine, by, other_than="end_proposed_by")
    reviewing.require_end_waiting(row)
    reviewing.require_not_sealed(flag)
    moment, votes = now(), Vote.objects.filter(quarantine=row)
    keys = sorted(votes.values_list("voter_key", flat=True))
    votes.update(quarantine=None)
    _write_events(flag.idea, keys, row, +1, moment)
    if keys:
        thresholds.count(flag.idea, len(keys))
    Quarantine.objects.filter(pk=row.pk).update(ended_by=by, ended_at=moment)
    Flag.objects.filter(pk=flag.pk).update(state=Flag.State.HARMLESS)
    _record(flag, row, Kind.ENDED, by, "", len(keys))
    return len(keys)


@transaction.atomic
def reject_end(*, quarantine: Quarantine, by: "User", reason: str) -> None:
    """Decline to give the votes back. Raises ``Refused`` (403, 404, 409)."""
    flag, row = _held(quarantine, by, other_than="end_proposed_by")
    reviewing.require_end_waiting(row)
    Quarantine.objects.filter(pk=row.pk).update(end_proposed_by=None, end_proposed_at=None, ended_because="")
    _record(flag, row, Kind.END_REJECTED, by, reason)


def let_go(idea: Idea, key: str, quarantine_id: int, moment: datetime) -> None:
    """Write down that a voter took back a support that was set apart: it stood in no counter, so none moves."""
    row = Quarantine(pk=quarantine_id)
    _write_events(idea, [key], row, +1, moment)


def _held_flag(flag: Flag, by: "User") -> Flag:
    """Return the flag as it is now, its row held, if the person may judge it."""
    found = Flag.objects.select_related("idea__campaign", "campaign").select_for_update(of=("self",)).get(pk=flag.pk)
    reviewing.require_reviewer(by, found)
    return found


def _held(quarantine: Quarantine, by: "User", other_than: str = "") -> tuple[Flag, Quarantine]:
    """Return flag and quarantine as they are now, under the campaign's lock alone: nobody votes meanwhile."""
    flag = Flag.objects.select_related("campaign").get(pk=quarantine.flag_id)
    lock(lock_name(flag.campaign_id))
    flag = _held_flag(flag, by)
    row = Quarantine.objects.select_for_update().get(pk=quarantine.pk)
    if other_than and getattr(row, f"{other_than}_id") == by.pk:
        raise Refused(_("You have proposed this. Another person has to decide."), code="same_person", status=403)
    return flag, row


def _write_events(idea: Idea, keys: Sequence[str], row: Quarantine, change: int, moment: datetime) -> None:
    """Keep what happened to each vote, under a commitment that only its voter can compute."""
    hour, version = to_hour(moment), 2 * row.pk + (change > 0)
    events = [
        VoteEvent(
            campaign_id=idea.campaign_id, idea=idea, change=change, kind=VoteEvent.Kind.HELD, hour=hour,
            commitment=hash_of(voter_keys.receipt(idea.campaign_id, key, idea.pk, version, kind="held")),
        )
        for key in keys
    ]  # fmt: skip
    VoteEvent.objects.bulk_create(events, batch_size=AT_ONCE)


def _chunks(keys: list[str]) -> list[list[str]]:
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]


def _record(
    flag: Flag, quarantine: Quarantine | None, kind: str, by: "User", reason: str, number: int = 0
) -> ReviewStep:
    return ReviewStep.objects.create(
        flag=flag, quarantine=quarantine, kind=kind, by=by, at=now(), reason=reason, number=number
    )
