"""Undoing a merge: every support goes back to where it was, but for what people did by themselves since.

* carried over, still there – back to the source; as many used as before;
* given back because the target was supported already – given again, if the voter has not used it up elsewhere;
* left, or nothing said – it never went away;
* taken back by the voter, from either idea – stays taken back;
* given to the target by the voter – stays there.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from common.database import now
from common.errors import Refused
from ideas.models import Merge
from voting.actions.choices import State, end_all, heir_of, set_choice
from voting.actions.choosing import Step, bring_back
from voting.actions.writing import Counts, commitment, to_hour
from voting.models import MergeChoice, Vote, VoteEvent

BATCH = 500


def set_apart(merge: Merge) -> None:
    """Bring back what came over through the merge; the caller holds the campaign's lock alone."""
    moment, counts, last = now(), Counts(), 0
    over = MergeChoice.objects.filter(merge=merge, state__in=(State.CARRIED, State.DOUBLED)).order_by("pk")
    while batch := list(over.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        heirs = _with_heirs(merge, [choice.voter_key for choice in batch])
        plain = [one for one in batch if one.state == State.CARRIED and one.voter_key not in heirs]
        _send_back(merge, [choice.voter_key for choice in plain], moment, counts)
        done = {choice.pk for choice in plain}
        for choice in batch:
            if choice.pk not in done:
                _give_again(choice, merge, moment, counts)
    counts.settle()


def _with_heirs(merge: Merge, keys: Sequence[str]) -> set[str]:
    """Return the voters for whom another merged idea keeps its support in the same target."""
    others = MergeChoice.objects.filter(merge__target=merge.target_id, merge__undone_at=None, state=State.DOUBLED)
    return set(others.exclude(merge=merge).filter(voter_key__in=keys).values_list("voter_key", flat=True))


def _send_back(merge: Merge, keys: list[str], moment: datetime, counts: Counts) -> None:
    """Move many supports from target to source at once."""
    source, target, campaign_id = merge.source, merge.target, merge.source.campaign_id
    there = Vote.objects.filter(idea=target, voter_key__in=keys)
    keys = list(there.values_list("voter_key", flat=True))
    if not keys:
        return
    there.delete()
    Vote.objects.bulk_create([Vote(idea=source, campaign_id=campaign_id, voter_key=key) for key in keys])
    hour = to_hour(moment)
    events = []
    for key, version in _move_ballots(campaign_id, keys):
        for idea, change, number in ((target, -1, version - 1), (source, +1, version)):
            events.append(
                VoteEvent(
                    campaign_id=campaign_id, idea=idea, change=change, commitment=commitment(idea, key, number),
                    hour=hour,
                )
            )  # fmt: skip
    VoteEvent.objects.bulk_create(events)
    counts.support(target, -len(keys))
    counts.support(source, +len(keys))


def _move_ballots(campaign_id: int, keys: list[str]) -> list[tuple[str, int]]:
    """Count two changes for each voter; return (voter, version)."""
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE voting_ballot SET version = version + 2 WHERE campaign_id = %s AND voter_key IN ({places}) "  # noqa: S608
            "RETURNING voter_key, version",
            [campaign_id, *keys],
        )
        return [(str(key), int(version)) for key, version in cursor.fetchall()]


def _give_again(choice: MergeChoice, merge: Merge, moment: datetime, counts: Counts) -> None:
    """Give one support again; who used it up elsewhere meanwhile has decided so."""
    step = Step(choice.voter_key, moment)
    choice.merge = merge
    try:
        with transaction.atomic():
            bring_back(choice, merge, step, choice.state)
    except Refused:
        _let_go(choice, merge, counts)
        return
    counts.add(step.counts)


def _let_go(choice: MergeChoice, merge: Merge, counts: Counts) -> None:
    """Write down that a support is not brought back; one that kept another merged idea's company stays as that one's."""
    key = choice.voter_key
    heir = heir_of(choice) if choice.state == State.CARRIED else None
    if heir is not None:
        set_choice(heir.merge, key, State.CARRIED, counts)
    set_choice(merge, key, State.ENDED, counts)
    end_all(merge.source, key, counts)
