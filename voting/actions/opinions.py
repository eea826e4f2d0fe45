"""For or against, one to five stars: one opinion of a voter on an idea in a phase; a state, never a toggle."""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from common.database import now, share_lock
from common.errors import Refused
from ideas.models import Campaign, Idea, Phase
from ideas.rules import require_member
from voting import pace, rules
from voting.actions.comment_votes import withdraw_comment_votes
from voting.actions.locks import lock_name
from voting.actions.recording import Kind, Step, Subject, move, record
from voting.models import Opinion, OpinionTally
from voting.opinion_values import VALUES
from voting.phases import require_voter
from voting.voters import Voter, account_voter

if TYPE_CHECKING:
    from accounts.models import User

INSERT = """
    INSERT INTO voting_opinion (phase_id, campaign_id, idea_id, voter_key, value, version, level)
    VALUES (%s, %s, %s, %s, %s, 1, %s) ON CONFLICT (phase_id, idea_id, voter_key) DO NOTHING"""
ADD_TO_TALLY = """
    INSERT INTO voting_opiniontally (phase_id, idea_id, value, number) VALUES (%s, %s, %s, 1)
    ON CONFLICT (phase_id, idea_id, value) DO UPDATE SET number = voting_opiniontally.number + 1"""


def give_opinion(*, voter: "User", idea: Idea, value: int) -> None:
    """Let ``voter`` say what they think of an idea; 0 takes it back. Repeated, it changes nothing.

    Raises ``Refused`` (closed, own, level, new_account, bad_value, too_fast).
    """
    require_member(voter, idea.campaign)
    phase = _phase_of(idea.campaign, now())
    if value:
        require_voter(voter, phase)
        require_may_judge(voter, idea)
    set_opinion(account_voter(voter, idea.campaign_id), phase, idea, value, account=pace.account_of(voter))


def require_may_judge(voter: "User", idea: Idea) -> None:
    """Refuse one's own idea where the campaign says so."""
    if rules.is_own(voter, idea):
        raise Refused(_("In this campaign others vote on your idea."), code="own", status=403)


@transaction.atomic
def set_opinion(voter: Voter, phase: Phase, idea: Idea, value: int, *, account: str = "") -> None:
    """Bring the voter's opinion of an idea to a value; 0 takes it back, at any pace.

    ``account`` is its name in the table of paces, where there is one. Raises ``Refused`` (closed, bad_value, too_fast).
    """
    moment = share_lock(lock_name(phase.campaign_id))
    method, state = _as_it_is(phase, idea, moment)
    if value and value not in VALUES[method]:
        raise Refused(_("There is no such answer in this vote."), code="bad_value", status=422)
    if value and state != Idea.State.PUBLIC:
        raise Refused(_("This idea can no longer be voted on."), code="closed")
    step = _put(voter, phase, idea, value)
    if step is not None:
        if value and account:
            pace.keep(account, moment)
        subject = Subject(Kind.OPINION, phase.campaign_id, idea.pk, idea.pk, phase.pk)
        record(subject, voter.key, step, moment)
        _count(phase, idea, step)


@transaction.atomic
def withdraw_all_opinions(keys: list[str]) -> None:
    """Take back what these keys say in phases that are open, and about comments where comments are: an account goes.

    What is over and counted stays, under a key that names nobody.
    """
    moment = now()
    found = Opinion.objects.filter(voter_key__in=keys, phase__sealed_at=None, phase__closes_at__gt=moment)
    rows = found.exclude(value=0).select_related("phase", "idea")
    for row in rows.order_by("campaign_id", "idea_id", "pk"):
        with suppress(Refused):  # over since
            set_opinion(Voter(row.voter_key, row.level), row.phase, row.idea, 0)
    withdraw_comment_votes(keys)


def _phase_of(campaign: Campaign, at: datetime) -> Phase:
    """Return the phase in which opinions are taken. Raises ``Refused`` (closed)."""
    phases = Phase.objects.filter(
        campaign=campaign, allows_support=True, method__in=VALUES, sealed_at=None, opens_at__lte=at, closes_at__gt=at
    )
    phase = phases.order_by("closes_at").first() if campaign.is_published else None
    if phase is None:
        raise closed()
    return phase


def closed() -> Refused:
    """Return the refusal outside the phases that take opinions."""
    return Refused(_("There is no voting on this idea at the moment."), code="closed")


def _as_it_is(phase: Phase, idea: Idea, at: datetime) -> tuple[str, str]:
    """Return how people vote in the phase and the idea's state, by the database at that moment. Raises ``Refused``."""
    mine = Idea.objects.filter(pk=idea.pk, campaign=OuterRef("campaign")).values("state")
    phases = Phase.objects.filter(
        pk=phase.pk, allows_support=True, method__in=VALUES, sealed_at=None, opens_at__lte=at, closes_at__gt=at
    )
    found = phases.filter(campaign__is_published=True).values_list("method", Subquery(mine)).first()
    if found is None or found[1] is None:
        raise closed()
    return found


def _put(voter: Voter, phase: Phase, idea: Idea, value: int) -> Step | None:
    if value:
        values: list[int | str] = [phase.pk, phase.campaign_id, idea.pk, voter.key, value, voter.level]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, values)
            if cursor.rowcount == 1:
                return Step(0, value, 0)
    rows = Opinion.objects.filter(phase=phase, idea=idea, voter_key=voter.key)
    return move(rows, value, level=voter.level) if value else move(rows, value)


def _count(phase: Phase, idea: Idea, step: Step) -> None:
    """Move the tallies, the smaller value first: many want these rows."""
    for value, by in sorted(step.changes):
        if by < 0:
            OpinionTally.objects.filter(phase=phase, idea=idea, value=value).update(number=F("number") - 1)
        else:
            with connection.cursor() as cursor:
                cursor.execute(ADD_TO_TALLY, [phase.pk, idea.pk, value])
