"""Baskets: the whole of what somebody has chosen, kept at once with its version; every repetition is harmless."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from common.database import share_lock
from common.errors import Refused
from ideas.models import Idea, Phase
from voting import pace, voter_keys
from voting.actions.locks import lock_name
from voting.actions.writing import to_hour
from voting.basket_rules import rules_of
from voting.models import Basket, BasketItem, Project, VoteEvent
from voting.phases import require_voter
from voting.queries.baskets import BasketState, state_of
from voting.voters import Voter, account_voter

if TYPE_CHECKING:
    from accounts.models import User


class Stale(Refused):
    """Another window has saved the basket meanwhile; ``state`` is what is saved now."""

    def __init__(self, state: BasketState) -> None:
        words = _("Your basket was changed in another window meanwhile. Nothing is lost: please say which one counts.")
        super().__init__(words, code="stale", status=409)
        self.state = state


def give_basket(*, user: "User", phase: Phase, idea_ids: Iterable[int], version: int) -> BasketState:
    """Keep the basket of a signed-in person. Raises ``Refused`` like ``save_basket``, and for people who may not vote."""
    require_voter(user, phase)
    voter = account_voter(user, phase.campaign_id)
    return save_basket(voter=voter, phase=phase, idea_ids=idea_ids, version=version, account=pace.account_of(user))


def save_basket(*, voter: Voter, phase: Phase, idea_ids: Iterable[int], version: int, account: str = "") -> BasketState:
    """Replace the voter's basket as a whole; ``version`` is the one the voter has seen, 0 before the first.

    ``account`` is its name in the table of paces; codes have none. Raises ``Refused``: closed, ``Stale`` (409), gone,
    over_sum, over_number, over_cap (422), too_fast (429). The same basket once more
    changes nothing, whatever its version: an answer may have been lost.
    """
    wanted = frozenset(idea_ids)
    with transaction.atomic():
        moment = share_lock(lock_name(phase.campaign_id))
        phase = require_open_basket(phase, moment)
        basket = _hold(phase, voter)
        held = _held(basket)
        if {item.project.idea_id for item in held} == wanted and basket.version > 0:
            return state_of(basket, wanted, phase)
        if basket.version != version:
            raise Stale(state_of(basket, {item.project.idea_id for item in held}, phase))
        projects = _wanted(phase, wanted)
        if account:
            pace.keep(account, moment)
        _replace(basket, held, projects, voter.level, moment)
    return state_of(basket, wanted, phase)


def withdraw_basket(*, phase: Phase, key: str) -> None:
    """Empty somebody's basket, such as of an account that is deleted. Raises ``Refused`` once the phase is over."""
    with transaction.atomic():
        moment = share_lock(lock_name(phase.campaign_id))
        phase = require_open_basket(phase, moment)
        basket = Basket.objects.select_for_update().filter(phase=phase, voter_key=key).first()
        if basket is not None and (held := _held(basket)):
            _replace(basket, held, [], basket.level, moment)


def require_open_basket(phase: Phase, moment: datetime) -> Phase:
    """Return the phase as it is now if it takes baskets at that moment: [opens, closes). Raises ``Refused`` (closed)."""
    phases = Phase.objects.select_related("campaign").filter(
        pk=phase.pk, allows_support=True, method=Phase.Method.BUDGET, sealed_at=None, campaign__is_published=True
    )
    found = phases.filter(opens_at__lte=moment, closes_at__gt=moment).first()
    if found is None or not found.budget_cents:
        raise Refused(_("Baskets cannot be changed at the moment: this vote is not open."), code="closed")
    return found


def _hold(phase: Phase, voter: Voter) -> Basket:
    """Return the voter's basket, held until the transaction ends; there is one from here on."""
    new = Basket(
        phase=phase, campaign_id=phase.campaign_id, voter_key=voter.key, version=0, budget_cents=phase.budget_cents or 0
    )
    Basket.objects.bulk_create([new], ignore_conflicts=True)
    return Basket.objects.select_for_update().get(phase=phase, voter_key=voter.key)


def _held(basket: Basket) -> list[BasketItem]:
    return list(basket.items.select_related("project"))


def _wanted(phase: Phase, idea_ids: frozenset[int]) -> list[Project]:
    """Return the chosen projects if they can be chosen together. Raises ``Refused`` (422)."""
    projects = list(Project.objects.filter(phase=phase, idea__in=idea_ids).select_related("idea"))
    gone = [project.idea.title for project in projects if project.idea.state != Idea.State.PUBLIC]
    if gone or len(projects) < len(idea_ids):
        words = _("Something in your basket cannot be chosen any more. Please look through it once more.")
        raise Refused(words, code="gone", status=422)
    rules_of(phase).require(projects)
    return projects


def _replace(basket: Basket, held: list[BasketItem], wanted: list[Project], level: int, moment: datetime) -> None:
    """Exchange the items, write what happened, count last: these are the rows that many want."""
    had, wants = {item.project_id: item.project for item in held}, {project.pk: project for project in wanted}
    out, new = had.keys() - wants.keys(), wants.keys() - had.keys()
    basket.items.filter(project__in=out).delete()
    basket.items.bulk_create(
        [BasketItem(basket=basket, project_id=pk, cost_cents=wants[pk].cost_cents) for pk in sorted(new)]
    )
    basket.version, basket.number, basket.level = basket.version + 1, len(wants), level
    basket.spent_cents = sum(project.cost_cents for project in wants.values())
    basket.save(update_fields=["version", "number", "level", "spent_cents"])
    changes = [(had[pk], -1) for pk in sorted(out)] + [(wants[pk], +1) for pk in sorted(new)]
    VoteEvent.objects.bulk_create([_event(basket, project, change, moment) for project, change in changes])
    _count(out, new)


def _event(basket: Basket, project: Project, change: int, moment: datetime) -> VoteEvent:
    receipt = voter_keys.receipt(
        basket.campaign_id,
        basket.voter_key,
        project.idea_id,
        basket.version,
        kind=VoteEvent.Kind.PROJECT.value,
        phase=basket.phase_id,
    )
    return VoteEvent(
        campaign_id=basket.campaign_id,
        idea_id=project.idea_id,
        change=change,
        commitment=hashlib.sha256(receipt.encode()).hexdigest(),
        hour=to_hour(moment),
        kind=VoteEvent.Kind.PROJECT,
        phase_id=basket.phase_id,
    )


def _count(out: set[int], new: set[int]) -> None:
    """Move the projects' numbers, held in one order first. (No key is held: others put the same project in meanwhile.)"""
    rows = Project.objects.select_for_update(no_key=True).filter(pk__in=out | new).order_by("pk")
    list(rows.values_list("pk"))
    Project.objects.filter(pk__in=out).update(number=F("number") - 1)
    Project.objects.filter(pk__in=new).update(number=F("number") + 1)
