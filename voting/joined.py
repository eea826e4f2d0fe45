"""What happens to votes when two accounts turn out to be one person: those of the later one are taken back where votes
are still open, so that nobody counts twice. What is over and counted stays as it is.
"""

from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.joining import Joiner, joins
from common.database import lock, now
from common.errors import Refused
from ideas.models import Campaign, Phase
from voting import voter_keys
from voting.actions.baskets import withdraw_basket
from voting.actions.locks import lock_name
from voting.actions.opinions import withdraw_all_opinions
from voting.actions.support import take_back
from voting.models import Basket, Opinion, Vote

if TYPE_CHECKING:
    from accounts.models import User


def live_phases() -> "QuerySet[Phase]":
    """Return the phases of voting that are open or to come."""
    return Phase.objects.filter(allows_support=True, sealed_at=None, closes_at__gt=now())


def live_campaigns() -> list[Campaign]:
    """Return the campaigns whose votes can still change and whose secret is there, the smaller number first."""
    rows = Campaign.objects.filter(pk__in=live_phases().values("campaign")).order_by("pk")
    return [campaign for campaign in rows if voter_keys.has_secret(campaign.pk)]


@joins
class VotesJoin(Joiner):
    """Votes, kept by this room."""

    def hold(self) -> None:
        for campaign in live_campaigns():
            lock(lock_name(campaign.pk))

    def lost(self, person: "User") -> list[str]:
        return [sentence for campaign in live_campaigns() for sentence in lost_in(campaign, person.voter_id)]

    def give_up(self, voter_id: UUID) -> None:
        keys = []
        for campaign in live_campaigns():
            key = voter_keys.key_of_voter(campaign.pk, voter_id)
            keys.append(key)
            _supports_back(campaign, key)
            for phase in live_phases().filter(campaign=campaign, method=Phase.Method.BUDGET, opens_at__lte=now()):
                with suppress(Refused):  # over since
                    withdraw_basket(phase=phase, key=key)
        withdraw_all_opinions(keys)


def _supports_back(campaign: Campaign, key: str) -> None:
    """Take back all supports of a voter in the campaign, in the order in which all want the counters."""
    moment = now()
    if not live_phases().filter(campaign=campaign, method=Phase.Method.SUPPORT).exists():
        return
    for vote in Vote.objects.filter(campaign=campaign, voter_key=key).select_related("idea").order_by("idea_id"):
        is_merged = bool(vote.idea.merged_into_id or vote.idea.merged_count)
        take_back(key, vote.idea, moment, is_merged=is_merged)


def lost_in(campaign: Campaign, voter_id: UUID) -> list[str]:
    """Return in words what a voter would give up in a campaign."""
    key = voter_keys.key_of_voter(campaign.pk, voter_id)
    live = live_phases().filter(campaign=campaign)
    found, title = [], {"title": campaign.title}
    supports = Vote.objects.filter(campaign=campaign, voter_key=key).count()
    if supports and live.filter(method=Phase.Method.SUPPORT).exists():
        words = ngettext("One support in “%(title)s”", "%(number)d supports in “%(title)s”", supports)
        found.append(words % {"number": supports, **title})
    opinions = Opinion.objects.filter(~Q(value=0), phase__in=live, voter_key=key).count()
    if opinions:
        words = ngettext("One rating in “%(title)s”", "%(number)d ratings in “%(title)s”", opinions)
        found.append(words % {"number": opinions, **title})
    if Basket.objects.filter(phase__in=live, voter_key=key, number__gt=0).exists():
        found.append(_("The basket in “%(title)s”") % title)
    return found


@transaction.atomic
def sweep(voter_id: UUID) -> None:
    """Take back everything under an id that nobody votes with any more."""
    one = VotesJoin()
    one.hold()
    one.give_up(voter_id)
