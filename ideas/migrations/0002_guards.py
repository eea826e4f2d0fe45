"""What the database itself refuses: changing a version, and two phases of one kind at the same time."""

from typing import ClassVar

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from common.database import append_only, by_vendor

VERSION_COLUMNS = (
    "idea_id", "number", "title", "text", "topic_id", "goal_id", "district_id", "place", "latitude", "longitude", "tags",
    "created_at",
)  # fmt: skip

NO_OVERLAP = """
    CREATE TRIGGER ideas_phase_overlap_{event} BEFORE {event} ON ideas_phase
    WHEN EXISTS (SELECT 1 FROM ideas_phase WHERE campaign_id = NEW.campaign_id AND kind = NEW.kind AND id IS NOT NEW.id
                 AND opens_at < NEW.closes_at AND NEW.opens_at < closes_at)
    BEGIN SELECT RAISE(ABORT, 'phases of one kind overlap'); END"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0001_initial")]
    operations: ClassVar = [
        BtreeGistExtension(),
        append_only("ideas_ideaversion", VERSION_COLUMNS),
        by_vendor(
            """ALTER TABLE ideas_phase ADD CONSTRAINT ideas_phase_no_overlap EXCLUDE USING gist
               (campaign_id WITH =, kind WITH =, tstzrange(opens_at, closes_at, '[)') WITH &&)""",
            NO_OVERLAP.format(event="INSERT") + "-- next" + NO_OVERLAP.format(event="UPDATE"),
            undo_postgres="ALTER TABLE ideas_phase DROP CONSTRAINT ideas_phase_no_overlap",
            undo_sqlite="DROP TRIGGER ideas_phase_overlap_INSERT -- next DROP TRIGGER ideas_phase_overlap_UPDATE",
        ),
    ]
