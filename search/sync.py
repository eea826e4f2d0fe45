"""Keeping Elasticsearch up to date: from the worker, by the clock, and at once for what must not be seen any more."""

from collections.abc import Sequence

import structlog

from search import bring, elastic, ledger, reindex
from search.breaker import Breaker, Open

log = structlog.get_logger()

URGENT_SECONDS, URGENT_ROWS = 0.5, 500
writing = Breaker()  # a server that does not answer must not keep the worker from its other work


def sync() -> int:
    """Bring what waits; where no index answers yet, fill one and let it answer. Return how many rows were brought.

    Raises what the client raises when the server does not answer.
    """
    if not elastic.is_used():
        return 0
    done = bring.bring_all()
    if not elastic.is_live():
        reindex.proceed()
    return done


def sync_if_possible() -> None:
    """Do the same, but leave everything in the ledger for the next time when the server cannot be reached."""
    try:
        writing.call(sync, elastic.failures())
    except Open:
        pass
    except elastic.failures() as error:
        log.warning("Elasticsearch cannot be reached", error=repr(error), lag=round(ledger.lag_seconds()))


def go_on() -> None:
    """Go on with an index that is being built, and delete those that are of no use any more, if the server answers."""
    if not elastic.is_used():
        return
    try:
        writing.call(reindex.clean_up, elastic.failures())
        writing.call(reindex.proceed, elastic.failures())
    except Open:
        pass
    except elastic.failures() as error:
        log.warning("Elasticsearch cannot be reached", error=repr(error))


def push_hidden(ids: Sequence[int] = ()) -> None:
    """Take what nobody may see any more out of Elasticsearch at once, in the request that hid it; half a second at most.

    When that fails nothing is lost: the ledger has it, and what is shown is read afresh anyway.
    """
    rows = ledger.claim(URGENT_ROWS, hidden=True, ids=list(ids)[:URGENT_ROWS])
    if not rows:
        return
    try:
        writing.call(lambda: bring.bring(rows, patience=URGENT_SECONDS), elastic.failures())
    except Open:
        ledger.release(rows)
    except elastic.failures() as error:
        log.warning("tombstones wait", error=repr(error), rows=len(rows))
