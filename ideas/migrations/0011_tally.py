"""The tally of public ideas is moved by the database itself, and every order of a list is read from an index alone.

Changes of an idea are *added* to the tally as rows of +1 and -1, never written into rows that others hold: two people
who publish in one campaign do not wait for each other, and no order of locks can go wrong. A job adds rows together.

A later migration that lets SQLite build ``ideas_idea`` anew (its triggers are lost then) repeats ``TRIGGERS``.
"""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Q

from common.database import by_vendor

CELL = ("campaign_id", "topic_id", "goal_id", "district_id", "progress", "status_id")
WATCHED = ("state", *CELL)
COLUMNS = "campaign_id, topic, goal, district, progress, status, number"


def cell(row: str) -> str:
    """Return the values of a tally row, without the number."""
    return ", ".join(
        f"{row}.{name}" if name in ("campaign_id", "progress") else f"COALESCE({row}.{name}, 0)" for name in CELL
    )


LEAVES = f"INSERT INTO ideas_ideatally ({COLUMNS}) SELECT {cell('OLD')}, -1 WHERE OLD.state = 'public';"
COMES = f"INSERT INTO ideas_ideatally ({COLUMNS}) SELECT {cell('NEW')}, 1 WHERE NEW.state = 'public';"
EITHER = "(OLD.state = 'public' OR NEW.state = 'public')"

POSTGRES = f"""
    CREATE FUNCTION ideas_idea_tally() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN {LEAVES} END IF;
        IF TG_OP <> 'DELETE' THEN {COMES} END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER ideas_idea_tally_insert AFTER INSERT ON ideas_idea FOR EACH ROW WHEN (NEW.state = 'public')
        EXECUTE FUNCTION ideas_idea_tally();
    CREATE TRIGGER ideas_idea_tally_update AFTER UPDATE OF {", ".join(WATCHED)} ON ideas_idea FOR EACH ROW
        WHEN ({EITHER} AND ({" OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in WATCHED)}))
        EXECUTE FUNCTION ideas_idea_tally();
    CREATE TRIGGER ideas_idea_tally_delete AFTER DELETE ON ideas_idea FOR EACH ROW WHEN (OLD.state = 'public')
        EXECUTE FUNCTION ideas_idea_tally();"""

SQLITE = f"""
    CREATE TRIGGER ideas_idea_tally_insert AFTER INSERT ON ideas_idea WHEN NEW.state = 'public' BEGIN {COMES} END
    -- next
    CREATE TRIGGER ideas_idea_tally_update AFTER UPDATE OF {", ".join(WATCHED)} ON ideas_idea
    WHEN {EITHER} AND ({" OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in WATCHED)})
    BEGIN {LEAVES} {COMES} END
    -- next
    CREATE TRIGGER ideas_idea_tally_delete AFTER DELETE ON ideas_idea WHEN OLD.state = 'public' BEGIN {LEAVES} END"""

NAMES = [f"ideas_idea_tally_{event}" for event in ("insert", "update", "delete")]
TRIGGERS = by_vendor(
    POSTGRES,
    SQLITE,
    undo_postgres="".join(f"DROP TRIGGER {name} ON ideas_idea;" for name in NAMES)
    + "DROP FUNCTION ideas_idea_tally();",
    undo_sqlite="-- next ".join(f"DROP TRIGGER IF EXISTS {name}" for name in NAMES),
)

COUNT_ALL = f"""
    INSERT INTO ideas_ideatally ({COLUMNS}) SELECT {cell("i")}, COUNT(*) FROM ideas_idea i WHERE i.state = 'public'
    GROUP BY {cell("i")}"""  # noqa: S608 - names from above

PUBLIC = Q(state="public")
# What a list is narrowed by lies in the index of its order: what does not fit is passed over without its row.
NARROWED_BY = ["topic", "goal", "district", "progress", "status"]
ORDERS = [("new", "published_at"), ("sup", "support_count"), ("com", "comment_count"), ("trend", "trend")]


def orders() -> list[models.Index]:
    """Return the indexes that lists are read from."""
    found = []
    for name, field in ORDERS:
        keys = F(field).desc(), F("id").desc()
        found += [
            models.Index(*keys, condition=PUBLIC, include=["campaign", *NARROWED_BY], name=f"idea_all_{name}"),
            models.Index("campaign", *keys, condition=PUBLIC, include=NARROWED_BY, name=f"idea_{name}"),
        ]
    ring = ["fair_rank", "id"]
    return [
        *found,
        models.Index(fields=ring, condition=PUBLIC, include=["campaign", *NARROWED_BY], name="idea_all_fair"),
        models.Index(fields=["campaign", *ring], condition=PUBLIC, include=NARROWED_BY, name="idea_fair"),
    ]


# Few ideas that fit are found by what they have in common, and put in order then.
BY_CELL = models.Index(
    fields=["campaign", "progress", "topic", "goal", "district"],
    condition=PUBLIC,
    include=["status", "id", "fair_rank", *(field for _name, field in ORDERS)],
    name="idea_by_cell",
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0010_reasons_stay_private")]
    operations: ClassVar = [
        migrations.RemoveConstraint("ideatally", "tally_once"),
        migrations.RemoveConstraint("ideatally", "tally_positive"),
        migrations.AddIndex("ideatally", models.Index(fields=["campaign", "id"], name="tally_of_campaign")),
        *(migrations.RemoveIndex("idea", index.name) for index in orders()),
        *(migrations.AddIndex("idea", index) for index in orders()),
        migrations.AddIndex("idea", BY_CELL),
        TRIGGERS,
        migrations.RunSQL(COUNT_ALL, "DELETE FROM ideas_ideatally"),
    ]
