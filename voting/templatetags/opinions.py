"""For and against, one to five stars: the box on the page of an idea, the words on cards."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.models import Campaign, Idea, Phase
from ideas.rules import counts_shown
from voting import opinion_values as values
from voting.actions.opinions import require_may_judge
from voting.phases import require_voter
from voting.queries.opinions import (
    OpinionState,
    Tally,
    opinion_phase,
    opinion_phases,
    opinion_state,
    own_opinions,
    tallies,
)

register = template.Library()
Card = dict[str, Any]
MOST_STARS = 5


@dataclass(frozen=True)
class Answer:
    """One possible answer: a button, and a bar of the result."""

    value: int
    name: str
    meaning: str
    icon: str
    is_given: bool
    number: int
    percent: int


def opinion_box(request: HttpRequest, idea: Idea, phase: Phase, at: datetime) -> dict[str, Any]:
    """Return what the template of the box needs."""
    state = opinion_state(request.user, phase, idea.pk, idea.campaign)
    name, why = which(request, idea, phase, state, at)
    return {
        "request": request,
        "idea": idea,
        "campaign": idea.campaign,
        "phase": phase,
        "state": state,
        "name": name,
        "why": why,
        "stars": phase.method == values.Method.RATING,
        "how": values.how(phase.method),
        "who": who(phase),
        "answers": answers(phase.method, state),
        "own_name": values.name_of(phase.method, state.value) if state.value else "",
        "average": average(state.tally) if state.tally and state.tally.total else "",
        "csrf_token": get_token(request) if name in {"open", "signed_out"} else "",
    }


def which(request: HttpRequest, idea: Idea, phase: Phase, state: OpinionState, at: datetime) -> tuple[str, str]:
    """Return the name of the state – gone, to_come, over, signed_out, refused or open – and why it is refused."""
    if idea.state != Idea.State.PUBLIC or state.value is None:
        return "gone", ""
    if at < phase.opens_at:
        return "to_come", ""
    if at >= phase.closes_at or phase.sealed_at is not None:
        return "over", ""
    if not request.user.is_authenticated:
        return "signed_out", ""
    if state.value:
        return "open", ""
    try:
        require_voter(request.user, phase)
        require_may_judge(request.user, idea)
    except Refused as refusal:
        return "refused", str(refusal)
    return "open", ""


def who(phase: Phase) -> str:
    """Return whom the phase takes, where that is not everybody with an account."""
    if phase.level:
        return _("Who votes needs: %(level)s.") % {"level": phase.get_level_display()}
    return _("Only accounts that existed when it began can vote.") if phase.needs_old_account else ""


def answers(method: str, state: OpinionState) -> list[Answer]:
    """Return the possible answers in the order of their buttons."""
    tally = state.tally or Tally(method, {})
    return [
        Answer(
            value, values.name_of(method, value), values.meaning_of(method, value), values.sign_of(method, value),
            state.value == value, tally.numbers.get(value, 0), tally.share(value),
        )
        for value in values.VALUES[method]
    ]  # fmt: skip


def average(tally: Tally) -> str:
    """Return the result in one phrase: "62 % dafür", "4,1 von 5 Sternen"."""
    if tally.method == values.Method.OPINION:
        return _("%(percent)d%% for it") % {"percent": tally.share(values.FOR)}
    return _("%(mean)s of %(most)d stars") % {"mean": number_format(round(tally.mean, 1), 1), "most": MOST_STARS}


def told_on_cards(request: HttpRequest | None, cards: list[Card], campaign: Campaign | None = None) -> list[Card]:
    """Return cards with the result of votes on opinions in place of supports.

    One statement for a whole page, none where all are of one ``campaign`` whose phases are known, and two more where
    there are such votes.
    """
    at = timezone.now()
    if campaign is not None:
        phase = opinion_phase(campaign, at)
        found = {campaign.pk: phase} if phase else {}
    else:
        found = opinion_phases((card["idea"].campaign_id for card in cards), at) if cards else {}
    phases = {card["id"]: found[pk] for card in cards if (pk := card["idea"].campaign_id) in found}
    if not phases:
        return cards
    each = {phase.pk: phase for phase in phases.values()}.values()
    numbers = tallies(each, phases)
    own = own_opinions(request.user, each, phases) if request is not None else {}
    return [
        card if card["id"] not in phases else _told(card, phases[card["id"]], numbers.get(card["id"]), own or {})
        for card in cards
    ]


def _told(card: Card, phase: Phase, tally: Tally | None, own: dict[int, int]) -> Card:
    told: Card = {"supports": None}
    if counts_shown(card["idea"].campaign):
        told["vote"] = {"icon": values.sign_of(phase.method, 1), "words": on_card(tally)}
    if card["id"] in own:
        told["own_note"] = _("Your vote: %(answer)s") % {"answer": values.name_of(phase.method, own[card["id"]])}
    return {**card, **told}


@dataclass(frozen=True)
class Way:
    """One way of voting in a campaign, in words for those who are about to vote."""

    icon: str
    words: str
    who: str


@dataclass(frozen=True)
class Ways:
    """How one votes in a campaign: whether ideas are supported there, and how else."""

    supports: bool
    others: list[Way]


@register.simple_tag
def ways_to_vote(campaign: Campaign) -> Ways:
    """Return how one votes in a campaign, phase by phase; reads phases that were fetched with it."""
    phases = [phase for phase in campaign.phases.all() if phase.allows_support]
    opinions = {(phase.method, who(phase)): phase for phase in phases if phase.method in values.VALUES}
    others = [
        Way(values.sign_of(method, 1) if method == values.Method.RATING else "scale", values.how(method), needed)
        for method, needed in opinions
    ]
    return Ways(not phases or any(phase.method == values.Method.SUPPORT for phase in phases), others)


def on_card(tally: Tally | None) -> str:
    """Return the result in a few words."""
    if tally is None or not tally.total:
        return _("no votes yet")
    return _("%(average)s, votes: %(number)s") % {"average": average(tally), "number": number_format(tally.total)}
