"""The salts of the public list, a way to find an entry by its commitment, and seals that hold against every statement.

What the former guards let through: a row that is moved out of a sealed phase by an update, supports of a sealed vote
while the campaign votes on something else, and a phase that is no longer sealed without anybody having said why.
"""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

from common.database import append_only, by_vendor

EVENTS = ("INSERT", "UPDATE", "DELETE")
OF_PHASE = "EXISTS (SELECT 1 FROM ideas_phase WHERE id = {row}.phase_id AND sealed_at IS NOT NULL)"
OF_BASKET = """EXISTS (SELECT 1 FROM ideas_phase p JOIN voting_basket b ON b.phase_id = p.id
    WHERE b.id = {row}.basket_id AND p.sealed_at IS NOT NULL)"""
# Supports belong to the campaign: a later phase that takes supports opens them again, one with another method does not.
OF_CAMPAIGN = """EXISTS (
    SELECT 1 FROM ideas_phase sealed WHERE sealed.campaign_id = {row}.campaign_id
    AND sealed.method = 'support' AND sealed.sealed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM ideas_phase later WHERE later.campaign_id = sealed.campaign_id
                    AND later.allows_support AND later.method = 'support' AND later.sealed_at IS NULL
                    AND later.closes_at > sealed.closes_at))"""
TABLES = {
    "voting_vote": OF_CAMPAIGN,
    "voting_opinion": OF_PHASE,
    "voting_basket": OF_PHASE,
    "voting_basketitem": OF_BASKET,
}


def postgres(table: str, condition: str) -> str:
    """Return the function of the trigger that is there already: it asks for both states of a changed row."""
    raised = "RAISE EXCEPTION 'the phase of voting is sealed' USING ERRCODE = 'integrity_constraint_violation';"
    return f"""
    CREATE OR REPLACE FUNCTION {table}_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            IF {condition.format(row="OLD")} THEN {raised} END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        IF {condition.format(row="NEW")} THEN {raised} END IF;
        RETURN NEW;
    END $$;"""


def sqlite(table: str, condition: str) -> list[str]:
    """Return the statements that put the triggers in place of the former ones."""
    states = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
    made = []
    for event in EVENTS:
        asked = " OR ".join(condition.format(row=row) for row in states[event])
        made += [
            f"DROP TRIGGER IF EXISTS {table}_sealed_{event}",
            f"""CREATE TRIGGER {table}_sealed_{event} BEFORE {event} ON {table} WHEN {asked}
                BEGIN SELECT RAISE(ABORT, 'the phase of voting is sealed'); END""",
        ]
    return made


UNSAID = """(SELECT count(*) FROM voting_reopening WHERE phase_id = OLD.id)
    < (SELECT count(*) FROM voting_result WHERE phase_id = OLD.id)"""
UNSEALED_POSTGRES = f"""
    CREATE FUNCTION ideas_phase_unsealed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {UNSAID} THEN
            RAISE EXCEPTION 'a sealed phase is opened again on record only'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER ideas_phase_unsealed BEFORE UPDATE ON ideas_phase FOR EACH ROW
        WHEN (OLD.sealed_at IS NOT NULL AND NEW.sealed_at IS DISTINCT FROM OLD.sealed_at)
        EXECUTE FUNCTION ideas_phase_unsealed();"""
UNSEALED_SQLITE = f"""CREATE TRIGGER ideas_phase_unsealed BEFORE UPDATE ON ideas_phase
    WHEN OLD.sealed_at IS NOT NULL AND NEW.sealed_at IS NOT OLD.sealed_at AND {UNSAID}
    BEGIN SELECT RAISE(ABORT, 'a sealed phase is opened again on record only'); END"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0015_depth_of_replies"),
        ("voting", "0007_reviewed_by_two"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="LogSalt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("salt", models.CharField(max_length=64)),
                (
                    "campaign",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ideas.campaign"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="voteevent",
            index=models.Index(fields=["commitment"], name="vote_event_commitment"),
        ),
        append_only("voting_logsalt"),
        *(
            by_vendor(postgres(table, condition), "-- next".join(sqlite(table, condition)))
            for table, condition in TABLES.items()
        ),
        by_vendor(
            UNSEALED_POSTGRES,
            UNSEALED_SQLITE,
            undo_postgres="DROP TRIGGER ideas_phase_unsealed ON ideas_phase; DROP FUNCTION ideas_phase_unsealed();",
            undo_sqlite="DROP TRIGGER ideas_phase_unsealed",
        ),
    ]
