"""The result of a campaign: numbers, sealed votes, what was decided."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cms.models import CampaignPage
from ideas.models import Campaign, Phase
from ideas.queries import results
from ideas.queries.phases import coming, result_has_begun
from ideas.rules import counts_shown
from voting.queries.sealed import SealedVote, key_note, sealed_votes


@dataclass(frozen=True)
class Outcome:
    """All that the page of the result shows."""

    figures: results.Figures
    decided: list[dict[str, object]]
    votes: list[SealedVote]
    next_phase: Phase | None
    hidden_until: datetime | None
    key_note: str


def is_open(page: CampaignPage, at: datetime | None = None) -> bool:
    """Tell whether the campaign's result is to be seen: its phase has begun, or an editor has published it."""
    return page.result_shown or result_has_begun(page.campaign, at)


def outcome(campaign: Campaign) -> Outcome:
    """Return the result; supports only as far as they may be shown."""
    shown = counts_shown(campaign)
    return Outcome(
        figures=results.figures(campaign),
        decided=results.decided(campaign),
        votes=sealed_votes(campaign) if shown else [],
        next_phase=coming(campaign, timezone.now()),
        hidden_until=None if shown else campaign.counts_hidden_until,
        key_note=key_note(campaign),
    )
