"""Recounting from the rows: whatever does not agree is named, nothing is repaired silently."""

from collections.abc import Callable, Iterator

from ideas.models import Campaign
from voting.audit.budget import of_baskets, of_counts, of_projects
from voting.audit.codes import of_codes, of_paper
from voting.audit.comments import of_comment_votes
from voting.audit.opinions import of_opinions
from voting.audit.results import of_results
from voting.audit.roots import of_roots
from voting.audit.supports import of_ballots, of_ideas, of_merges, of_order, of_owners

# One function for each thing that is compared within a campaign; each yields a sentence for each difference.
CHECKS: list[Callable[[Campaign], Iterator[str]]] = [
    of_ideas,
    of_ballots,
    of_order,
    of_owners,
    of_results,
    of_merges,
    of_comment_votes,
    of_codes,
    of_paper,
    of_opinions,
    of_baskets,
    of_projects,
    of_counts,
]
# What spans all campaigns.
OVERALL: list[Callable[[], Iterator[str]]] = [of_roots]


def differences() -> Iterator[str]:
    """Yield a sentence for each difference: rows = counters = events = ballots = results = roots."""
    for campaign in Campaign.objects.order_by("pk"):
        for check in CHECKS:
            yield from (f"{campaign.slug}: {sentence}" for sentence in check(campaign))
    for check_all in OVERALL:
        yield from check_all()
