"""What the votes must not run with: a secret others can read, a database that forgets what it has confirmed."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

OTHERS = 0o077
WRONG_POSTGRES = {"fsync": {"off"}, "full_page_writes": {"off"}, "synchronous_commit": {"off"}}
SAFE_SQLITE = {2, 3}  # FULL, EXTRA


@register(Tags.security)
def secret_is_kept(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a file of voting secrets that others than its owner can read."""
    path = Path(settings.VOTING_SECRET_FILE)
    if not path.exists() or not path.stat().st_mode & OTHERS:
        return []
    hint = f"chmod 600 {path}"
    return [
        Error(f"{path} can be read by others: who has it can tell who supported what.", hint=hint, id="voting.E001")
    ]


@register(Tags.database)
def database_is_durable(
    app_configs: Sequence[AppConfig] | None, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a database that may lose votes it has already confirmed."""
    return [fault for alias in databases or [] for fault in faults(connections[alias])]


def faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """Return what is unsafe about one database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            wrong = [] if cursor.fetchone()[0] in SAFE_SQLITE else ["synchronous"]
        else:
            cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(WRONG_POSTGRES)])
            wrong = [name for name, value in cursor.fetchall() if value in WRONG_POSTGRES[name]]
    hint = "PostgreSQL: fsync, full_page_writes and synchronous_commit on. SQLite: synchronous FULL."
    return [
        Error(f"The database may forget confirmed votes: {name} is unsafe.", hint=hint, id="voting.E002")
        for name in wrong
    ]
