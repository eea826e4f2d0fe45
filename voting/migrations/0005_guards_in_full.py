"""Guards of the new tables, and those that SQLite lost when columns were added.

What belongs to a sealed phase cannot change; a project's cost stands from the moment its phase opens; the public record
is only ever added to.
"""

from importlib import import_module
from typing import ClassVar

from django.db import migrations

from common.database import append_only, by_vendor

LOST = import_module("voting.migrations.0004_in_full").LOST

EVENTS = ("INSERT", "UPDATE", "DELETE")
SEALED = "EXISTS (SELECT 1 FROM ideas_phase WHERE id = {row}.phase_id AND sealed_at IS NOT NULL)"
SEALED_BASKET = """EXISTS (SELECT 1 FROM ideas_phase p JOIN voting_basket b ON b.phase_id = p.id
    WHERE b.id = {row}.basket_id AND p.sealed_at IS NOT NULL)"""


def keep_sealed(table: str, condition: str) -> migrations.RunPython:
    """Return a step after which rows of a sealed phase cannot be added, changed or deleted."""
    postgres = f"""
    CREATE FUNCTION {table}_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE touched {table} := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    BEGIN
        IF {condition.format(row="touched")} THEN
            RAISE EXCEPTION 'the phase of voting is sealed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN touched;
    END $$;
    CREATE TRIGGER {table}_sealed BEFORE INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_sealed();"""
    sqlite = "-- next".join(
        f"""CREATE TRIGGER {table}_sealed_{event} BEFORE {event} ON {table}
        WHEN {condition.format(row="OLD" if event == "DELETE" else "NEW")}
        BEGIN SELECT RAISE(ABORT, 'the phase of voting is sealed'); END"""
        for event in EVENTS
    )
    return by_vendor(
        postgres,
        sqlite,
        undo_postgres=f"DROP TRIGGER {table}_sealed ON {table}; DROP FUNCTION {table}_sealed();",
        undo_sqlite="-- next".join(f"DROP TRIGGER {table}_sealed_{event}" for event in EVENTS),
    )


COST = "(NEW.cost_cents <> OLD.cost_cents OR NEW.phase_id <> OLD.phase_id OR NEW.idea_id <> OLD.idea_id)"
BEGUN = "EXISTS (SELECT 1 FROM ideas_phase WHERE id = OLD.phase_id AND opens_at <= {clock})"
COST_POSTGRES = f"""
    CREATE FUNCTION voting_project_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {BEGUN.format(clock="clock_timestamp()")} THEN
            RAISE EXCEPTION 'the cost of a project stands once voting has begun'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER voting_project_frozen BEFORE UPDATE ON voting_project FOR EACH ROW WHEN {COST}
        EXECUTE FUNCTION voting_project_frozen();"""
COST_SQLITE = f"""CREATE TRIGGER voting_project_frozen BEFORE UPDATE ON voting_project
    WHEN {COST} AND {BEGUN.format(clock="strftime('%Y-%m-%d %H:%M:%f', 'now')")}
    BEGIN SELECT RAISE(ABORT, 'the cost of a project stands once voting has begun'); END"""

LOST_NAMES = [
    *("voting_voteevent_no_update", "voting_voteevent_no_delete", "voting_vote_campaign_insert"),
    *("voting_vote_campaign_update", "voting_idea_campaign"),
    *(f"voting_vote_sealed_{event}" for event in EVENTS),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("voting", "0004_in_full")]
    operations: ClassVar = [
        by_vendor("", LOST, undo_sqlite="-- next".join(f"DROP TRIGGER {name}" for name in LOST_NAMES)),
        keep_sealed("voting_opinion", SEALED),
        keep_sealed("voting_basket", SEALED),
        keep_sealed("voting_basketitem", SEALED_BASKET),
        by_vendor(
            COST_POSTGRES,
            COST_SQLITE,
            undo_postgres="DROP TRIGGER voting_project_frozen ON voting_project; DROP FUNCTION voting_project_frozen();",
            undo_sqlite="DROP TRIGGER voting_project_frozen",
        ),
        append_only("voting_merkleroot"),
        append_only("voting_keydestroyed"),
        append_only("voting_reopening", ("phase_id", "because", "until", "at")),
        append_only("voting_threshold", ("idea_id", "number", "reached_at", "answer_by")),
    ]
