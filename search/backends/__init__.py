"""The ways of asking the index; which one answers is decided here."""

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.db import connection

from search.backends.base import Backend, Unavailable
from search.backends.postgres import PostgresBackend
from search.backends.sqlite import SqliteBackend
from search.elastic import is_used

log = structlog.get_logger()
Answer = TypeVar("Answer")


def database_backend() -> Backend:
    """Return the backend of the database at hand; it is always fresh and always there."""
    return PostgresBackend() if connection.vendor == "postgresql" else SqliteBackend()


def ask(question: Callable[[Backend], Answer]) -> tuple[Answer, str, bool]:
    """Return the answer of the first backend that can give one, its name, and whether it is only the second choice."""
    if is_used():
        # Its library takes a second to read: only towns that have such a server pay for it.
        from search.backends.elastic import ElasticBackend

        try:
            return question(ElasticBackend()), ElasticBackend.name, False
        except Unavailable as reason:
            if reason.is_new:
                log.warning("search falls back to the database", reason=str(reason)[:200])
    backend = database_backend()
    return question(backend), backend.name, is_used()
