"""Calling what is due by the clock, the same way from cron, Celery beat and the dispatcher thread."""

from datetime import timedelta

import structlog
from django.core.cache import cache

from common.events import due_jobs

log = structlog.get_logger()


def run_due(*, all_now: bool = False) -> list[str]:
    """Call every registered job whose pause is over (or all); return the names of those called.

    The pause is kept in the shared cache, so that several callers do not repeat the work; jobs bear repetition anyway.
    """
    called = []
    for name, (every, job) in due_jobs.items():
        if not all_now and not its_time(name, every):
            continue
        try:
            job()
            called.append(name)
        except Exception as error:  # one broken job must not keep the others from running
            log.error("due job failed", job=name, error=repr(error))
            cache.delete(f"due:{name}")
    return called


def its_time(name: str, every: timedelta) -> bool:
    """Whether the pause is over and this caller is the first to say so (a plain look first: ``add`` takes a write lock)."""
    key = f"due:{name}"
    return cache.get(key) is None and cache.add(key, 1, _seconds(every))


def _seconds(every: timedelta) -> int:
    return max(1, int(every.total_seconds()))
