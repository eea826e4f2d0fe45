"""The support box in its six states, the number of supports, one's own supports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _

from common.errors import Refused
from ideas.models import Idea
from ideas.rules import counts_shown
from voting.phases import require_voter
from voting.queries import (
    SupportState,
    is_open,
    open_phase_of,
    shown_count,
    support_state,
    supported_ideas,
    takes_supports,
)
from voting.queries.merging import account, live_merge, merged_here, path_of, standing
from voting.queries.opinions import opinion_phase
from voting.rules import is_own
from voting.templatetags import goals, left, rating
from voting.templatetags.opinions import opinion_box, told_on_cards, who

register = template.Library()
register.tags.update(rating.register.tags | left.register.tags | goals.register.tags)
MOST_DOTS = 10


@dataclass(frozen=True)
class Goal:
    """The number of supports that obliges an answer, as a bar."""

    number: int
    count: int

    @property
    def missing(self) -> int:
        return max(0, self.number - self.count)

    @property
    def shown(self) -> int:
        return min(self.number, self.count)


@dataclass(frozen=True)
class Word:
    """When voting begins or ended."""

    when: datetime
    is_to_come: bool


@register.inclusion_tag("voting/any_box.html", takes_context=True)
def support_box(context: template.Context, idea: Idea) -> dict[str, Any]:
    """Render the box with which the idea is voted on, the way its campaign's phase says, as the person at hand finds it."""
    request, at = context["request"], timezone.now()
    prefetch_related_objects([idea.campaign], "phases")
    if phase := opinion_phase(idea.campaign, at):
        return opinion_box(request, idea, phase, at) | {"part": "voting/opinion_box.html"}
    return box(request, idea) | {"part": "voting/box.html"}


@register.inclusion_tag("voting/count.html")
def support_count(idea: Idea) -> dict[str, Any]:
    """Render the number of supports with a heart; nothing while numbers are hidden. Costs no statement."""
    return {"count": shown_count(idea)}


@register.simple_tag(takes_context=True)
def own_marks(context: template.Context, cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cards of ideas with a note on those that the person at hand supports: a few statements for a whole page."""
    own = left.own_of_page(context["request"], [card["idea"] for card in cards])
    marked = [{**card, "own_note": _("You support this")} if card["id"] in own else card for card in cards]
    return goals.chips_on_cards(told_on_cards(context["request"], marked, context.get("campaign")))


@register.inclusion_tag("voting/own.html", takes_context=True)
def own_supports(context: template.Context) -> dict[str, Any]:
    """Render the ideas that the person at hand supports."""
    request = context["request"]
    ideas = supported_ideas(request.user) if request.user.is_authenticated else []
    rows = [{"idea": idea, "is_open": idea.state == Idea.State.PUBLIC and is_open(idea.campaign)} for idea in ideas]
    return {"rows": rows, "request": request, "csrf_token": get_token(request) if rows else ""}


@register.inclusion_tag("voting/merge_notice.html", takes_context=True)
def merge_notice(context: template.Context, idea: Idea) -> dict[str, Any]:
    """Render, on top of a merged idea's page, into what it was merged, when and why, and lead on."""
    return merged(context["request"], idea)


@register.inclusion_tag("voting/merge_box.html", takes_context=True)
def merge_box(context: template.Context, idea: Idea) -> dict[str, Any]:
    """Render, in place of the support box of a merged idea, the numbers and what is to happen with one's own support."""
    return merged(context["request"], idea)


@register.inclusion_tag("voting/merged_here.html", takes_context=True)
def merges_here(context: template.Context, idea: Idea) -> dict[str, Any]:
    """Render what was merged into an idea; asks only where there is something."""
    return {"accounts": merged_here(idea, context["request"].user)}


def merged(request: HttpRequest, idea: Idea) -> dict[str, Any]:
    """Return what the pages of a merged idea say; asked once for all parts of a page."""
    known: dict[int, dict[str, Any]] = request.__dict__.setdefault("_merged_ideas", {})
    if idea.pk not in known:
        merge = live_merge(idea)
        path = path_of(merge) if merge else []
        known[idea.pk] = {"idea": idea, "merge": merge}
        if merge and path:
            end = path[-1].target
            known[idea.pk] |= {
                "end": end,
                "end_readable": end.state in Idea.READABLE,
                "account": account(merge),
                "standing": standing(request.user, path),
            }
    return known[idea.pk]


def box(request: HttpRequest, idea: Idea, state: SupportState | None = None) -> dict[str, Any]:
    """Return what the template of the box needs; ``state`` saves asking again after an action."""
    state = state or support_state(request.user, idea)
    name, why = which(request, idea, state)
    phase = open_phase_of(idea.campaign) if name in {"free", "signed_out", "refused"} else None
    return {
        "request": request,
        "idea": idea,
        "campaign": idea.campaign,
        "state": state,
        "name": name,
        "why": why,
        "who": who(phase) if phase else "",
        "why_key": left.asks_why(idea, state) if name == "given" else "",
        "hidden": not counts_shown(idea.campaign),
        "goal": goal_of(idea, state),
        "clock": goals.clock_for_box(idea),
        "dots": dots(state) if request.user.is_authenticated else [],
        "closed": next_word(idea) if name == "closed" else None,
        # A page with a token is private; who cannot press anything needs none.
        "csrf_token": "" if name in {"closed", "own", "refused"} else get_token(request),
    }


def which(request: HttpRequest, idea: Idea, state: SupportState) -> tuple[str, str]:
    """Return the name of the state – closed, own, signed_out, given, used_up, refused or free – and why it is refused."""
    phase = open_phase_of(idea.campaign)
    if idea.state != Idea.State.PUBLIC or state.supported is None or phase is None:
        return "closed", ""
    if not request.user.is_authenticated:
        return "signed_out", ""
    if state.supported:
        return "given", ""
    if is_own(request.user, idea):
        return "own", ""
    if state.used_up:
        return "used_up", ""
    try:
        if phase.level or phase.needs_old_account:
            require_voter(request.user, phase)
    except Refused as refusal:
        return "refused", str(refusal)
    return "free", ""


def goal_of(idea: Idea, state: SupportState) -> Goal | None:
    """Return the bar towards the number that obliges an answer, if there is one and numbers are shown."""
    if not idea.campaign.support_goal or state.supports is None:
        return None
    return Goal(idea.campaign.support_goal, state.supports)


def dots(state: SupportState) -> list[bool]:
    """Return a dot for each support a person has, true where it is given away."""
    if state.limit is None or state.limit > MOST_DOTS:
        return []
    return [place < state.used for place in range(state.limit)]


def next_word(idea: Idea) -> Word | None:
    """Return what to say where supports are not taken now: when they will be, or until when they were."""
    now = timezone.now()
    phases = [phase for phase in idea.campaign.phases.all() if takes_supports(phase)]
    to_come = [phase for phase in phases if phase.opens_at > now]
    if to_come:
        return Word(to_come[0].opens_at, is_to_come=True)
    return Word(phases[-1].closes_at, is_to_come=False) if phases else None
