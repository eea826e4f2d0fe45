"""When an account goes: what it can still vote on is taken back, so that the same person with a new account has one vote.

What is over and counted stays, under a key that names nobody. The campaign's lock is had alone, so that a vote of the
same account that is under way is either seen here, or finds no account any more.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from common.database import lock, now
from common.errors import Refused
from ideas.models import Idea, Phase
from voting import voter_keys
from voting.actions.baskets import withdraw_basket
from voting.actions.locks import lock_name
from voting.actions.opinions import withdraw_all_opinions
from voting.actions.support import take_back
from voting.models import Basket, Vote

if TYPE_CHECKING:
    Keys = dict[int, str]


@transaction.atomic
def withdraw_everything(person: User) -> None:
    """Take back all votes of a person that can still be changed: supports, opinions, baskets, ratings of comments.

    Another account of the same person keeps them: both vote as one.
    """
    if User.objects.exclude(pk=person.pk).filter(Q(votes_as=person.voter_id) | Q(person_id=person.voter_id)).exists():
        return
    keys = {campaign: voter_keys.voter_key(campaign, person) for campaign in voter_keys.known_campaigns()}
    still = Phase.objects.filter(campaign__in=keys, allows_support=True, sealed_at=None, closes_at__gt=now())
    running = sorted(set(still.values_list("campaign_id", flat=True)))
    for campaign in running:
        lock(lock_name(campaign))
    for withdraw in WAYS:
        withdraw({campaign: keys[campaign] for campaign in running})
    withdraw_all_opinions(list(keys.values()))


def _supports(keys: "Keys") -> None:
    """Take back supports of campaigns in which supports are, or will again be, taken."""
    taking = Phase.objects.filter(
        campaign__in=keys, allows_support=True, method=Phase.Method.SUPPORT, sealed_at=None, closes_at__gt=now()
    ).values("campaign_id")
    votes = Vote.objects.filter(voter_key__in=keys.values(), campaign__in=taking)
    ideas = Idea.objects.filter(pk__in=votes.values("idea")).select_related("campaign").order_by("pk")
    for idea in list(ideas):
        is_merged = bool(idea.merged_into_id or idea.merged_count)
        take_back(keys[idea.campaign_id], idea, now(), is_merged=is_merged)


def _baskets(keys: "Keys") -> None:
    for basket in Basket.objects.filter(voter_key__in=keys.values(), number__gt=0).select_related("phase"):
        with suppress(Refused):  # over
            withdraw_basket(phase=basket.phase, key=basket.voter_key)


WAYS: list[Callable[["Keys"], None]] = [_supports, _baskets]
