"""Voting with a one-time code: all votes at once, in the transaction that uses the code up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.codes import normal
from common.database import share_lock
from common.errors import Refused
from ideas.models import Campaign, Idea, Phase
from theme import dates
from voting import voter_keys
from voting.actions.baskets import save_basket
from voting.actions.codes import package_for
from voting.actions.locks import lock_name
from voting.actions.opinions import set_opinion
from voting.actions.support import give
from voting.basket_rules import rules_of
from voting.models import VoteEvent, VotingCode
from voting.paper import values_of
from voting.queries.codes import phase_for_codes
from voting.receipts import in_groups
from voting.voters import Voter, code_voter

Kind = VoteEvent.Kind
KINDS: dict[str, VoteEvent.Kind] = {
    Phase.Method.SUPPORT: Kind.SUPPORT,
    Phase.Method.OPINION: Kind.OPINION,
    Phase.Method.RATING: Kind.OPINION,
    Phase.Method.BUDGET: Kind.PROJECT,
}
Choice = Mapping[int, int]
"""What was chosen: {idea: value}; 1 for supports and projects."""


def require_code(*, campaign: Campaign, typed: str, at: datetime) -> tuple[Phase, VotingCode]:
    """Return the phase and the code as they are at that moment; nothing is used up.

    Raises ``Refused``: closed (409), unknown (422), revoked (409), used (409). Codes of other campaigns are unknown here.
    """
    phase = phase_for_codes(campaign, at) if campaign.is_published else None
    if phase is None:
        raise Refused(_("No voting codes are taken in this campaign at the moment."), code="closed")
    found = package_for(campaign, normal(typed))
    if found is None:
        raise Refused(
            _("This code is not known here. Please look at your card once more."),
            code="unknown",
            status=422,
            field="code",
        )
    code = found[0]
    if code.used_on is not None:
        raise used(code)
    if code.package.revoked_at is not None:
        raise Refused(
            _("This code was revoked by the town and is worth nothing any more."), code="revoked", field="code"
        )
    if code.package.phase_id != phase.pk:
        raise Refused(
            _("This code is for another vote of this campaign, which is not open now."), code="closed", field="code"
        )
    return phase, code


def used(code: VotingCode) -> Refused:
    """Return the refusal of a code that was used; whoever lost the answer learns that the votes are counted."""
    words = _("This code was used already, on %(day)s. The votes sent with it are counted. A code works once.")
    day = dates.short_day(code.used_on) if code.used_on else ""
    return Refused(words % {"day": day}, code="used", field="code")


@dataclass(frozen=True)
class Cast:
    """What was done with a code: the phase, and who voted as the rows know it."""

    phase: Phase
    voter: Voter
    ideas: list[Idea]

    def receipts(self) -> list[tuple[Idea, str]]:
        """Return for each idea what proves the vote in the public list; a code votes once, so versions are known."""
        kind = KINDS[self.phase.method]
        number = 0 if kind == Kind.SUPPORT else self.phase.pk
        found = []
        for place, idea in enumerate(self.ideas, start=1):
            version = place if kind == Kind.SUPPORT else 1
            words = voter_keys.receipt(
                self.phase.campaign_id, self.voter.key, idea.pk, version, kind=kind.value, phase=number
            )
            found.append((idea, in_groups(words)))
        return found


def cast_votes(*, campaign: Campaign, typed: str, choice: Choice) -> Cast:
    """Give all votes and use the code up; either both happen or nothing does.

    Raises ``Refused`` like ``require_code``, and: empty (422), limit (409), what the way of voting refuses.
    """
    with transaction.atomic():
        moment = share_lock(lock_name(campaign.pk))
        phase, code = require_code(campaign=campaign, typed=typed, at=moment)
        if not choice:
            raise Refused(_("Nothing is chosen yet."), code="empty", status=422)
        ideas = _chosen(phase, choice)
        day = timezone.localdate(moment)
        # Of many at the same moment one changes the row; the others find it used.
        if not VotingCode.objects.filter(pk=code.pk, used_on=None).update(used_on=day):
            code.used_on = day
            raise used(code)
        voter = code_voter(code.code_hash, campaign.pk)
        WAYS[phase.method](phase, voter, ideas, choice, moment)
    return Cast(phase, voter, ideas)


def _chosen(phase: Phase, choice: Choice) -> list[Idea]:
    """Return the chosen ideas, the smaller number first – the order in which all voters want the counters."""
    rows = Idea.objects.filter(campaign=phase.campaign_id, state=Idea.State.PUBLIC, pk__in=choice)
    ideas = list(rows.select_related("campaign").order_by("pk"))
    if len(ideas) < len(choice):
        words = _("One of the ideas cannot be voted on any more. Please look through your choice once more.")
        raise Refused(words, code="gone", status=422)
    if not set(choice.values()) <= values_of(phase).keys():
        raise Refused(_("This cannot be voted in this phase."), code="value", status=422)
    return ideas


def _supports(phase: Phase, voter: Voter, ideas: list[Idea], choice: Choice, moment: datetime) -> None:
    for idea in ideas:
        give(voter, idea)


def _opinions(phase: Phase, voter: Voter, ideas: list[Idea], choice: Choice, moment: datetime) -> None:
    for idea in ideas:
        set_opinion(voter, phase, idea, choice[idea.pk])


def _basket(phase: Phase, voter: Voter, ideas: list[Idea], choice: Choice, moment: datetime) -> None:
    if not rules_of(phase).counts(len(ideas)):
        words = _("This basket would not count: choose exactly %(number)d projects.")
        raise Refused(words % {"number": phase.budget_number or 0}, code="number", status=422)
    save_basket(voter=voter, phase=phase, idea_ids=list(choice), version=0)


WAYS: dict[str, Callable[[Phase, Voter, list[Idea], Choice, datetime], None]] = {
    Phase.Method.SUPPORT: _supports,
    Phase.Method.OPINION: _opinions,
    Phase.Method.RATING: _opinions,
    Phase.Method.BUDGET: _basket,
}
