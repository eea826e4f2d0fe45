"""Triggers by which the database itself writes down every change of a contribution's state, on whatever road it comes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, migrations

from common.database import by_vendor, is_postgres

FUNCTION = "moderation_watch"
INTO = "INSERT INTO moderation_statechange (kind, object_id, before, after, at)"
SQLITE_NOW = "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"
PRESENT = "SELECT id, state FROM {table}"


@dataclass(frozen=True)
class Watched:
    """What of a kind the database watches: the table with the triggers, and how its present states are read."""

    table: str
    #: the state something begins in without anybody having decided it
    start: str = "waiting"
    #: the present states: a statement that returns ``id`` and ``state``; left out, the columns of the table
    states: str = ""
    #: the table whose ``id`` is the number of the contribution, where it is another one
    subjects: str = ""
    #: whether one of them may go for good, with all that was known of it (people)
    may_go: bool = False
    events: tuple[str, ...] = ("update", "insert")

    @property
    def triggers(self) -> list[str]:
        """Return the names of the triggers that should be there."""
        return [f"{self.table}_watch_{event}" for event in self.events]

    @property
    def present(self) -> str:
        """Return the statement for the present states."""
        return self.states or PRESENT.format(table=self.table)


def watch_state(table: str, kind: str, *, waiting: str = "waiting") -> migrations.RunPython:
    """Return a migration step after which ``table`` (with ``id`` and ``state``) is watched.

    What is added in the state ``waiting`` is a beginning, not a change. Needs moderation's migration of the watch.
    """
    postgres = f"""
        CREATE TRIGGER {table}_watch_update AFTER UPDATE ON {table} FOR EACH ROW
            WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION {FUNCTION}('{kind}');
        CREATE TRIGGER {table}_watch_insert AFTER INSERT ON {table} FOR EACH ROW
            WHEN (NEW.state <> '{waiting}') EXECUTE FUNCTION {FUNCTION}('{kind}');"""
    values = f"SELECT '{{kind}}', NEW.id, {{before}}, NEW.state, {SQLITE_NOW}"
    update = values.format(kind=kind, before="OLD.state")
    insert = values.format(kind=kind, before="''")
    sqlite = f"""CREATE TRIGGER {table}_watch_update AFTER UPDATE ON {table} WHEN OLD.state IS NOT NEW.state
        BEGIN {INTO} {update}; END
        -- next
        CREATE TRIGGER {table}_watch_insert AFTER INSERT ON {table} WHEN NEW.state <> '{waiting}'
        BEGIN {INTO} {insert}; END"""
    names = [f"{table}_watch_update", f"{table}_watch_insert"]
    return by_vendor(
        postgres,
        sqlite,
        undo_postgres=";".join(f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names),
        undo_sqlite="-- next ".join(f"DROP TRIGGER IF EXISTS {name} " for name in names),
    )


def watch_function() -> migrations.RunPython:
    """Return the migration step for what the triggers call (PostgreSQL)."""
    create = f"""
        CREATE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {INTO} VALUES (TG_ARGV[0], NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END, NEW.state,
                           clock_timestamp());
            RETURN NULL;
        END $$"""
    return by_vendor(create, "", undo_postgres=f"DROP FUNCTION IF EXISTS {FUNCTION}()", undo_sqlite="")


def watch_presence(table: str, kind: str, column: str) -> migrations.RunPython:
    """Return a migration step after which ``table`` is watched, where a time in ``column`` means hidden, and nothing public."""
    state = f"CASE WHEN {{row}}.{column} IS NULL THEN 'public' ELSE 'hidden' END"
    old, new = state.format(row="OLD"), state.format(row="NEW")
    changed, added = f"(OLD.{column} IS NULL) <> (NEW.{column} IS NULL)", f"NEW.{column} IS NOT NULL"
    function, names = f"{table}_watch", [f"{table}_watch_update", f"{table}_watch_insert"]
    postgres = f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {INTO} VALUES ('{kind}', NEW.id, CASE WHEN TG_OP = 'UPDATE' THEN {old} ELSE '' END, {new}, clock_timestamp());
            RETURN NULL;
        END $$;
        CREATE TRIGGER {names[0]} AFTER UPDATE ON {table} FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {function}();
        CREATE TRIGGER {names[1]} AFTER INSERT ON {table} FOR EACH ROW WHEN ({added}) EXECUTE FUNCTION {function}();"""
    sqlite = f"""CREATE TRIGGER {names[0]} AFTER UPDATE ON {table} WHEN {changed}
        BEGIN {INTO} SELECT '{kind}', NEW.id, {old}, {new}, {SQLITE_NOW}; END
        -- next
        CREATE TRIGGER {names[1]} AFTER INSERT ON {table} WHEN {added}
        BEGIN {INTO} SELECT '{kind}', NEW.id, '', {new}, {SQLITE_NOW}; END"""
    undo = [f"DROP TRIGGER IF EXISTS {name}" for name in names]
    return by_vendor(
        postgres,
        sqlite,
        undo_postgres="".join(f"{drop} ON {table};" for drop in undo) + f"DROP FUNCTION IF EXISTS {function}();",
        undo_sqlite="-- next ".join(f"{drop} " for drop in undo),
    )


def watch_sum(table: str, kind: str, subject: str, states: Iterable[str], start: str) -> migrations.RunPython:
    """Return a migration step for a contribution that is many rows: it is in the first of ``states`` that one of them has.

    ``subject`` is the column with its number; without such a row it is as at the ``start``. Only what differs from the last
    change written down is a change.
    """
    function, events = f"{table}_watch", ("update", "insert", "delete")
    postgres = f"""
        CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE who bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.{subject} ELSE NEW.{subject} END;
        BEGIN
            {INTO} {summed(table, kind, subject, states, start, who="who", moment="clock_timestamp()")};
            RETURN NULL;
        END $$;"""
    body = "{trigger} AFTER {event} ON {table}"
    lite = []
    for event in events:
        head = body.format(trigger=f"{table}_watch_{event}", event=event.upper(), table=table)
        row = "OLD" if event == "delete" else "NEW"
        found = summed(table, kind, subject, states, start, who=f"{row}.{subject}", moment=SQLITE_NOW)
        postgres += f"CREATE TRIGGER {head} FOR EACH ROW EXECUTE FUNCTION {function}();"
        lite.append(f"CREATE TRIGGER {head} BEGIN {INTO} {found}; END")
    drops = [f"DROP TRIGGER IF EXISTS {table}_watch_{event}" for event in events]
    return by_vendor(
        postgres,
        " -- next ".join(lite),
        undo_postgres="".join(f"{drop} ON {table};" for drop in drops) + f"DROP FUNCTION IF EXISTS {function}();",
        undo_sqlite=" -- next ".join(drops),
    )


HAS = "WHEN EXISTS (SELECT 1 FROM {table} r WHERE r.{subject} = {who} AND r.state = '{state}') THEN '{state}'"
SUMMED = """SELECT '{kind}', {who}, known, shown, {moment} FROM (
        SELECT COALESCE((SELECT s.after FROM moderation_statechange s WHERE s.kind = '{kind}' AND s.object_id = {who}
            ORDER BY s.id DESC LIMIT 1), '{start}') AS known, CASE {whens} ELSE '{start}' END AS shown) AS found
    WHERE known <> shown"""


def summed(table: str, kind: str, subject: str, states: Iterable[str], start: str, *, who: str, moment: str) -> str:
    """Return the statement that finds the state and the last one written down, if they differ."""
    whens = " ".join(HAS.format(table=table, subject=subject, who=who, state=state) for state in states)
    return SUMMED.format(kind=kind, who=who, moment=moment, start=start, whens=whens)


def asleep(wanted: Iterable[str]) -> list[str]:
    """Return which of these triggers should watch and do not: dropped, or switched off."""
    awake = "SELECT tgname FROM pg_trigger WHERE tgname LIKE %s AND tgenabled <> 'D'"
    there = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(awake if is_postgres() else there, ["%_watch_%"])
        found = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted if name not in found]
