"""The ways of asking the index; which one answers is decided here."""

from django.db import connection

from search.backends.base import Backend
from search.backends.postgres import PostgresBackend
from search.backends.sqlite import SqliteBackend


def database_backend() -> Backend:
    """Return the backend of the database at hand; it is always fresh and always there."""
    return PostgresBackend() if connection.vendor == "postgresql" else SqliteBackend()
