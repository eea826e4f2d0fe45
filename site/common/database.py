"""The few things that PostgreSQL and SQLite say differently: clock, named locks, triggers."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.apps.registry import Apps
from django.db import connection, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

_replayed: ContextVar[datetime | None] = ContextVar("replayed", default=None)


def is_postgres() -> bool:
    """Tell whether the default database is PostgreSQL."""
    return connection.vendor == "postgresql"


def now() -> datetime:
    """Return the database's present time (UTC, microseconds).

    On PostgreSQL it is the time of this call, not of the transaction's start, so that a phase is judged at the moment
    its lock is held. SQLite has no clock of its own: it runs in this process.
    """
    if (replayed := _replayed.get()) is not None:
        return replayed
    if not is_postgres():
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)


@contextmanager
def replayed_at(moment: datetime) -> Iterator[None]:
    """Let ``now`` answer ``moment``, to write down what happened earlier by the same actions (the demo town).

    Only for commands: nothing that answers a request may set the clock.
    """
    token = _replayed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _replayed.reset(token)


def lock(name: str, *, shared: bool = False) -> None:
    """Hold the named lock until this transaction ends; many may share it, or one has it alone.

    SQLite needs none: every write transaction is already alone.
    """
    if not is_postgres():
        return
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_lock_key(name)])


def share_lock(name: str) -> datetime:
    """Share the named lock until this transaction ends; return the time at which it was had (one statement for both)."""
    if not is_postgres() or _replayed.get() is not None:
        lock(name, shared=True)
        return now()
    with connection.cursor() as cursor:
        # The inner query gives its row, and with it the clock its turn, only once the lock is held.
        cursor.execute(
            "SELECT clock_timestamp() FROM (SELECT pg_advisory_xact_lock_shared(%s) OFFSET 0) held", [_lock_key(name)]
        )
        moment: datetime = cursor.fetchone()[0]
    return moment.astimezone(UTC)


def _lock_key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def by_vendor(postgres: str, sqlite: str, *, undo_postgres: str = "", undo_sqlite: str = "") -> migrations.RunPython:
    """Return a migration step that runs the statements of the database at hand (SQLite: separated by ``-- next``)."""

    def run(sql_postgres: str, sql_sqlite: str) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
        def step(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
            sql = sql_postgres if editor.connection.vendor == "postgresql" else sql_sqlite
            for statement in filter(str.strip, sql.split("-- next")):
                editor.execute(statement)

        return step

    return migrations.RunPython(run(postgres, sqlite), run(undo_postgres, undo_sqlite))


def append_only(table: str, columns: Iterable[str] = ()) -> migrations.RunPython:
    """Return a migration step after which rows of ``table`` can be added, but neither changed nor deleted.

    With ``columns``, only these must not change, and rows may be deleted.
    """
    names = list(columns)
    changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in names) or "TRUE"
    changed_lite = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in names) or "1"
    postgres = f"""
        CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
        CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({changed})
            EXECUTE FUNCTION {table}_keep();"""
    sqlite = f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {changed_lite}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
    if not names:
        postgres += f"""
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_keep();"""
        sqlite += f"""-- next
        CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
        BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
    undo = f"DROP TRIGGER IF EXISTS {table}_no_update"
    undo_delete = f"DROP TRIGGER IF EXISTS {table}_no_delete"
    return by_vendor(
        postgres,
        sqlite,
        undo_postgres=f"{undo} ON {table}; {undo_delete} ON {table}; DROP FUNCTION IF EXISTS {table}_keep();",
        undo_sqlite=f"{undo} -- next {undo_delete}",
    )
