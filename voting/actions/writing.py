"""The record of what happened to supports: one event for each change, with what only its voter can compute."""

import hashlib
from collections import Counter
from datetime import datetime

from ideas.actions import change_merge_tally
from ideas.models import Idea, Merge
from voting import statements, voter_keys
from voting.actions import thresholds


def write(idea: Idea, key: str, version: int, change: int, moment: datetime) -> None:
    """Keep what happened to one support, to the hour. The counter follows last: it is the row that many want."""
    statements.insert_event(idea, change, commitment(idea, key, version), to_hour(moment))


def commitment(idea: Idea, key: str, version: int) -> str:
    """Return the public half of the receipt; raises ``KeyGone`` without the campaign's secret."""
    return hash_of(voter_keys.receipt(idea.campaign_id, key, idea.pk, version))


def hash_of(receipt: str) -> str:
    """Return what the record keeps of a receipt."""
    return hashlib.sha256(receipt.encode()).hexdigest()


def to_hour(moment: datetime) -> datetime:
    """Return the hour of a moment."""
    return moment.replace(minute=0, second=0, microsecond=0)


class Counts:
    """Counters of ideas and merges: gathered, and moved at the very end in one order, as many want these rows."""

    def __init__(self) -> None:
        self.supports: Counter[int] = Counter()
        self.choices: Counter[tuple[int, str]] = Counter()
        self.ideas: dict[int, Idea] = {}

    def support(self, idea: Idea, by: int) -> None:
        """Count supports of an idea."""
        self.supports[idea.pk] += by
        self.ideas[idea.pk] = idea

    def choice(self, merge: Merge, state: str, by: int) -> None:
        """Count choices at a merge."""
        self.choices[merge.pk, state] += by

    def add(self, other: "Counts") -> None:
        """Take over what was gathered elsewhere."""
        self.supports.update(other.supports)
        self.choices.update(other.choices)
        self.ideas.update(other.ideas)

    def settle(self) -> dict[int, int]:
        """Move the counters: ideas first, then merges, each the smaller number first; return the ideas' new numbers."""
        ideas = sorted((pk, by) for pk, by in self.supports.items() if by)
        numbers = {pk: thresholds.count(self.ideas[pk], by) for pk, by in ideas}
        for merge_id in sorted({merge_id for merge_id, _state in self.choices}):
            changes = {state: by for (pk, state), by in self.choices.items() if pk == merge_id and by}
            if changes:
                change_merge_tally(merge_id, **changes)
        return numbers
