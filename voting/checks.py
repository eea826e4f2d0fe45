"""What the votes must not run with: a secret others can read, a database that forgets what it has confirmed."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from voting.circumstances import is_network

OTHERS = 0o077
WRONG_POSTGRES = {"fsync": {"off"}, "full_page_writes": {"off"}, "synchronous_commit": {"off"}}
SAFE_SQLITE = {2, 3}  # FULL, EXTRA


@register(Tags.security)
def secrets_are_kept(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a file of secrets that others than its owner can read: that of the votes, and that of the proofs of identity."""
    told = {
        settings.VOTING_SECRET_FILE: "who has it can tell who supported what",
        settings.PROOF_SECRET_FILE: "who has it can try out who proved an identity",
    }
    return [
        Error(f"{path} can be read by others: {words}.", hint=f"chmod 600 {path}", id="voting.E001")
        for path, words in told.items()
        if Path(path).exists() and Path(path).stat().st_mode & OTHERS
    ]


@register()
def known_networks_are_networks(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a setting that names what is no network."""
    wrong = [word for word in settings.KNOWN_NETWORKS if not is_network(word)]
    return [Error(f"KNOWN_NETWORKS: {word!r} is no network.", hint="192.0.2.0/24", id="voting.E003") for word in wrong]


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
