"""Which ideas a list is about before anything is chosen: those of all public campaigns, or of one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from ideas.models import Campaign, CampaignStatus, Idea
from ideas.models.idea import IdeaQuerySet
from ideas.queries.terms import Known, known_terms, terms_of
from ideas.rules import counts_shown


@dataclass(frozen=True)
class Scope:
    """The campaigns of a list; ``campaign`` when it is the list of one."""

    campaign: Campaign | None
    campaigns: Sequence[Campaign]
    terms: dict[str, Known]
    statuses: Sequence[CampaignStatus] = field(default=())

    @cached_property
    def ids(self) -> list[int]:
        return [campaign.pk for campaign in self.campaigns]

    @property
    def known(self) -> dict[str, tuple[int, str]]:
        """Return the campaigns by their names in addresses."""
        return {campaign.slug: (campaign.pk, campaign.title) for campaign in self.campaigns}

    @property
    def has_own_statuses(self) -> bool:
        return bool(self.statuses)

    @property
    def stands_for(self) -> dict[str, int]:
        """Return which own status an idea without one counts for, by its progress: the first that stands for it."""
        return {status.progress: status.pk for status in reversed(self.statuses)}

    def ideas(self) -> IdeaQuerySet:
        """Return the public ideas of these campaigns, without joining them."""
        return Idea.objects.filter(state=Idea.State.PUBLIC, campaign_id__in=self.ids)

    def telling(self, at: datetime | None = None) -> "Scope":
        """Return the scope without the campaigns whose numbers are still hidden."""
        moment = at or timezone.now()
        return replace(self, campaigns=[campaign for campaign in self.campaigns if counts_shown(campaign, moment)])


def scope_of(campaign: Campaign | None = None) -> Scope:
    """Return the scope of a campaign's list, or of the list of all; whether somebody may see a campaign is asked before."""
    if campaign is not None:
        terms, statuses = terms_of(campaign)
        return Scope(campaign, [campaign] if campaign.is_published else [], terms, statuses)
    shown = Campaign.objects.filter(is_public=True).only("title", "slug", "counts_hidden_until")
    return Scope(None, list(shown), known_terms())
