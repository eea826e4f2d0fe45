"""What the database itself refuses: changed events and results, votes across campaigns, votes after the seal.

A sealed phase lets votes through only if a phase that takes supports, not sealed itself, ends later than it: that is
how a campaign votes twice. ``AlterField`` on ``voting_vote`` or ``ideas_idea`` rebuilds the table on SQLite and loses
its triggers; such a migration has to make them again.
"""

from typing import ClassVar

from django.db import migrations

from common.database import append_only, by_vendor

RESULT_COLUMNS = ("id", "campaign_id", "phase_id", "snapshot", "sha256", "sealed_at")

SEALED = """EXISTS (
    SELECT 1 FROM ideas_phase sealed WHERE sealed.campaign_id = {row}.campaign_id
    AND sealed.allows_support AND sealed.sealed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM ideas_phase later WHERE later.campaign_id = sealed.campaign_id
                    AND later.allows_support AND later.sealed_at IS NULL AND later.closes_at > sealed.closes_at))"""

KEEP_SEALED_POSTGRES = f"""
    CREATE FUNCTION voting_vote_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE touched voting_vote := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    BEGIN
        IF {SEALED.format(row="touched")} THEN
            RAISE EXCEPTION 'the phase of voting is sealed' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN touched;
    END $$;
    CREATE TRIGGER voting_vote_sealed BEFORE INSERT OR UPDATE OR DELETE ON voting_vote
        FOR EACH ROW EXECUTE FUNCTION voting_vote_sealed();"""

KEEP_SEALED_SQLITE = "-- next".join(
    f"""CREATE TRIGGER voting_vote_sealed_{event} BEFORE {event} ON voting_vote WHEN {SEALED.format(row=row)}
        BEGIN SELECT RAISE(ABORT, 'the phase of voting is sealed'); END"""
    for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
)

SAME_CAMPAIGN_POSTGRES = """
    ALTER TABLE ideas_idea ADD CONSTRAINT idea_of_campaign UNIQUE (id, campaign_id);
    ALTER TABLE voting_vote ADD CONSTRAINT vote_same_campaign FOREIGN KEY (idea_id, campaign_id)
        REFERENCES ideas_idea (id, campaign_id) DEFERRABLE INITIALLY IMMEDIATE;"""

SAME_CAMPAIGN_SQLITE = """
    CREATE TRIGGER voting_vote_campaign_insert BEFORE INSERT ON voting_vote
        WHEN NEW.campaign_id IS NOT (SELECT campaign_id FROM ideas_idea WHERE id = NEW.idea_id)
        BEGIN SELECT RAISE(ABORT, 'the idea is of another campaign'); END
    -- next
    CREATE TRIGGER voting_vote_campaign_update BEFORE UPDATE OF idea_id, campaign_id ON voting_vote
        WHEN NEW.campaign_id IS NOT (SELECT campaign_id FROM ideas_idea WHERE id = NEW.idea_id)
        BEGIN SELECT RAISE(ABORT, 'the idea is of another campaign'); END
    -- next
    CREATE TRIGGER voting_idea_campaign BEFORE UPDATE OF campaign_id ON ideas_idea
        WHEN NEW.campaign_id IS NOT OLD.campaign_id AND EXISTS (SELECT 1 FROM voting_vote WHERE idea_id = OLD.id)
        BEGIN SELECT RAISE(ABORT, 'an idea with supports stays in its campaign'); END"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("voting", "0001_initial"), ("ideas", "0002_guards")]
    operations: ClassVar = [
        append_only("voting_voteevent"),
        # Who sealed may be forgotten with the account; everything else stays as it was.
        append_only("voting_result", RESULT_COLUMNS),
        by_vendor(
            """CREATE TRIGGER voting_result_no_delete BEFORE DELETE ON voting_result
               FOR EACH ROW EXECUTE FUNCTION voting_result_keep()""",
            """CREATE TRIGGER voting_result_no_delete BEFORE DELETE ON voting_result
               BEGIN SELECT RAISE(ABORT, 'voting_result is append-only'); END""",
            undo_postgres="DROP TRIGGER voting_result_no_delete ON voting_result",
            undo_sqlite="DROP TRIGGER voting_result_no_delete",
        ),
        by_vendor(
            KEEP_SEALED_POSTGRES,
            KEEP_SEALED_SQLITE,
            undo_postgres="DROP TRIGGER voting_vote_sealed ON voting_vote; DROP FUNCTION voting_vote_sealed();",
            undo_sqlite="-- next".join(f"DROP TRIGGER voting_vote_sealed_{e}" for e in ("INSERT", "UPDATE", "DELETE")),
        ),
        by_vendor(
            SAME_CAMPAIGN_POSTGRES,
            SAME_CAMPAIGN_SQLITE,
            undo_postgres="""ALTER TABLE voting_vote DROP CONSTRAINT vote_same_campaign;
                             ALTER TABLE ideas_idea DROP CONSTRAINT idea_of_campaign;""",
            undo_sqlite="""DROP TRIGGER voting_vote_campaign_insert -- next DROP TRIGGER voting_vote_campaign_update
                           -- next DROP TRIGGER voting_idea_campaign""",
        ),
    ]
