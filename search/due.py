"""What search does by the clock."""

from datetime import timedelta

import structlog

from common.events import due
from search import actions, repair
from search.attachments.reading import read_waiting
from search.editors.poor import forget
from search.saved import listening  # noqa: F401 - its jobs are registered
from search.spelling import recount_words
from search.sync import go_on, sync_if_possible

log = structlog.get_logger()


@due(every=timedelta(seconds=30))
def sweep() -> None:
    """Build rows that a change of their campaign, or of the analyser, left behind; bring to Elasticsearch what waits."""
    actions.sweep()
    sync_if_possible()


@due(every=timedelta(seconds=30))
def outside_index() -> None:
    """Go on with an index that is being built, and delete those that are of no use any more."""
    go_on()


@due(every=timedelta(minutes=5))
def files() -> None:
    """Read files that still wait, because whoever was to read them stopped."""
    read_waiting()


@due(every=timedelta(hours=1))
def words() -> None:
    """Count the vocabulary anew when many documents came or went since."""
    recount_words()


@due(every=timedelta(days=1))
def missing() -> None:
    """Build rows that nobody asked for, because somewhere a change went untold."""
    actions.add_missing()


@due(every=timedelta(days=1))
def compared() -> None:
    """Compare the index with the objects, and the outside index with the table; set right what differs, and tell."""
    left = repair.check(repair=True)
    if left:
        log.error("search index is wrong", differences=len(left), first=left[:5])


@due(every=timedelta(days=1))
def all_words() -> None:
    """Count the vocabulary anew when anything came or went since; words that only hidden texts had are forgotten."""
    recount_words(share=0)


@due(every=timedelta(days=1))
def poor_searches() -> None:
    """Throw away the salt and the marks of past weeks, and what too few people searched."""
    forget()
