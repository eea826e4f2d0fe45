"""Lifting the database's guards for a moment, as somebody with access to the server could."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def lifted(table: str) -> Iterator[None]:
    """Let statements change an append-only table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in guards:
            cursor.execute(sql)


def empty_guarded_tables() -> None:
    """Empty the tables whose rows SQLite refuses to delete or counts when they go.

    So that a test with real commits can be cleaned up after: tables are emptied in any order then, and a count written
    after its campaign has gone would belong to nobody.
    """
    if connection.vendor != "sqlite":
        return  # TRUNCATE asks no row
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger'"
            " AND (name LIKE '%_no_delete' OR name LIKE '%_tally_delete')"
        )
        for table, name, sql in cursor.fetchall():
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
            if cursor.fetchone()[0]:
                cursor.execute(f"DROP TRIGGER {name}")
                cursor.execute("PRAGMA foreign_keys = OFF")
                cursor.execute(f"DELETE FROM {table}")
                cursor.execute("PRAGMA foreign_keys = ON")
                cursor.execute(sql)
