"""Whatever changes when a campaign checks contributions, the database writes it down – unless the action has, with a name."""

from typing import ClassVar

from django.db import migrations

from common.database import by_vendor

COLUMNS = "(campaign_id_copy, campaign_title, what, before, after, reason)"
LAST = """(SELECT after FROM moderation_modechange m WHERE m.campaign_id_copy = NEW.id AND m.what = '{what}'
    ORDER BY m.id DESC LIMIT 1)"""
INSERT = """INSERT INTO moderation_modechange {columns}
    SELECT NEW.id, NEW.title, '{what}', OLD.check_{what}, NEW.check_{what}, '' WHERE COALESCE({last}, '') <> NEW.check_{what}"""


def write_down(what: str) -> str:
    """Return the statement for one of the two modes."""
    return INSERT.format(columns=COLUMNS, what=what, last=LAST.format(what=what))


def postgres(what: str) -> str:
    """Return function and trigger."""
    return f"""
        CREATE FUNCTION ideas_watch_{what}_mode() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN {write_down(what)}; RETURN NULL; END $$;
        CREATE TRIGGER ideas_campaign_watch_{what} AFTER UPDATE ON ideas_campaign FOR EACH ROW
            WHEN (OLD.check_{what} IS DISTINCT FROM NEW.check_{what}) EXECUTE FUNCTION ideas_watch_{what}_mode();"""


def sqlite(what: str) -> str:
    """Return the trigger."""
    return f"""CREATE TRIGGER ideas_campaign_watch_{what} AFTER UPDATE ON ideas_campaign
        WHEN OLD.check_{what} IS NOT NEW.check_{what} BEGIN {write_down(what)}; END"""


WHAT = ("ideas", "comments")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0019_states_are_watched"),
        ("moderation", "0008_reminders_trust_modes_and_orders"),
    ]
    operations: ClassVar = [
        by_vendor(
            "".join(postgres(what) for what in WHAT),
            "-- next ".join(sqlite(what) for what in WHAT),
            undo_postgres="".join(
                f"DROP TRIGGER IF EXISTS ideas_campaign_watch_{what} ON ideas_campaign;"
                f"DROP FUNCTION IF EXISTS ideas_watch_{what}_mode();"
                for what in WHAT
            ),
            undo_sqlite="-- next ".join(f"DROP TRIGGER IF EXISTS ideas_campaign_watch_{what} " for what in WHAT),
        )
    ]
