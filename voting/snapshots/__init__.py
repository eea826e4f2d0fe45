"""What a result says: each way of voting counts its own rows anew, each in a function of its own."""

from collections.abc import Callable
from typing import Any

from ideas.models import Phase
from voting.queries.opinions import snapshot_of_opinions
from voting.snapshots.baskets import baskets_sealed
from voting.snapshots.paper import paper_and_codes
from voting.snapshots.supports import snapshot_of_supports

Snapshot = dict[str, Any]
Part = Callable[[Phase], Snapshot]

# By method: the functions whose findings make up the result. Each tells ``people`` (how many voted), ``total`` (how many
# votes), ``levels`` (how well the town knew the voters) and ``rows`` (a hash over the rows, see ``voting.sealing``).
BY_METHOD: dict[str, list[Part]] = {
    Phase.Method.SUPPORT: [snapshot_of_supports],
    Phase.Method.OPINION: [snapshot_of_opinions],
    Phase.Method.RATING: [snapshot_of_opinions],
    Phase.Method.BUDGET: [baskets_sealed],
}
# Whatever the method: counted beside it, never into it.
BESIDE: list[Part] = [paper_and_codes]


def take_snapshot(phase: Phase) -> Snapshot:
    """Count all rows of a phase anew; the caller holds the campaign's lock alone."""
    found: Snapshot = {"campaign": phase.campaign.slug, "phase": phase.pk, "method": phase.method}
    for part in (*BY_METHOD.get(phase.method, ()), *BESIDE):
        found |= part(phase)
    return found
