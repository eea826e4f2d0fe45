"""What search does by the clock."""

from datetime import timedelta

from common.events import due
from search import actions
from search.spelling import recount_words
from search.sync import sync_if_possible


@due(every=timedelta(seconds=30))
def sweep() -> None:
    """Build rows that a change of their campaign, or of the analyser, left behind; bring to Elasticsearch what waits."""
    actions.sweep()
    sync_if_possible()


@due(every=timedelta(hours=1))
def words() -> None:
    """Count the vocabulary anew when many documents came or went since."""
    recount_words()


@due(every=timedelta(days=1))
def missing() -> None:
    """Build rows that nobody asked for, because somewhere a change went untold."""
    actions.add_missing()


@due(every=timedelta(days=1))
def all_words() -> None:
    """Count the vocabulary anew when anything came or went since; words that only hidden texts had are forgotten."""
    recount_words(share=0)
