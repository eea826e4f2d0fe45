"""Full-text columns and indexes, each database its own way.

SQLite: FTS5 tables that read their text from ``search_document`` and are kept by triggers. A later migration that makes
SQLite rebuild ``search_document`` drops these triggers; it must repeat this step (``verify_search`` notices).
"""
# ruff: noqa: S608 - the statements are put together from our own words; what a person typed is always a parameter

from typing import ClassVar

from django.db import migrations

from common.database import by_vendor

TABLES = ("search_fts", "search_title_fts")
TOKENS = ("scope", "title_terms", "title_parts", "body_terms", "body_parts")


def kept_by_triggers(table: str, columns: tuple[str, ...]) -> str:
    """Return triggers that keep an FTS5 table; only visible rows are in it."""
    names = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in ("visible", *columns))
    add = f"INSERT INTO {table} (rowid, {names}) VALUES (NEW.id, {new});"
    remove = f"INSERT INTO {table} ({table}, rowid, {names}) VALUES ('delete', OLD.id, {old});"
    watched = ", ".join(("visible", *columns))
    # The old words leave before the row changes and the new ones enter after it, because two triggers of one kind have
    # no order of their own.
    return f"""
        CREATE TRIGGER {table}_added AFTER INSERT ON search_document WHEN NEW.visible BEGIN {add} END
        -- next
        CREATE TRIGGER {table}_leaves BEFORE UPDATE OF {watched} ON search_document
        WHEN OLD.visible AND ({changed}) BEGIN {remove} END
        -- next
        CREATE TRIGGER {table}_enters AFTER UPDATE OF {watched} ON search_document
        WHEN NEW.visible AND ({changed}) BEGIN {add} END
        -- next
        CREATE TRIGGER {table}_gone AFTER DELETE ON search_document WHEN OLD.visible BEGIN {remove} END
    """


SQLITE = f"""
    CREATE VIRTUAL TABLE search_fts USING fts5 (
        {", ".join(TOKENS)}, content='search_document', content_rowid='id', tokenize='unicode61')
    -- next
    CREATE VIRTUAL TABLE search_title_fts USING fts5 (
        title_fold, content='search_document', content_rowid='id', tokenize='unicode61', prefix='2 3 4')
    -- next {kept_by_triggers("search_fts", TOKENS)}
    -- next {kept_by_triggers("search_title_fts", ("title_fold",))}
"""

UNDO_SQLITE = [
    *(f"DROP TRIGGER {table}_{name}" for table in TABLES for name in ("added", "leaves", "enters", "gone")),
    *(f"DROP TABLE {table}" for table in TABLES),
]

POSTGRES = """
    ALTER TABLE search_document ADD COLUMN tsv tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple'::regconfig, title_terms), 'A') ||
        setweight(to_tsvector('simple'::regconfig, title_parts), 'B') ||
        setweight(to_tsvector('simple'::regconfig, body_terms), 'C') ||
        setweight(to_tsvector('simple'::regconfig, body_parts), 'D')) STORED;
    ALTER TABLE search_document ADD COLUMN title_tsv tsvector GENERATED ALWAYS AS (
        to_tsvector('simple'::regconfig, title_fold)) STORED;
    CREATE INDEX search_document_tsv ON search_document USING gin (tsv) WITH (fastupdate = off);
    CREATE INDEX search_document_title_tsv ON search_document USING gin (title_tsv) WITH (fastupdate = off);
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("search", "0001_initial")]

    operations: ClassVar = [
        by_vendor(
            POSTGRES,
            SQLITE,
            undo_postgres="ALTER TABLE search_document DROP COLUMN tsv; ALTER TABLE search_document DROP COLUMN title_tsv;",
            undo_sqlite=" -- next ".join(UNDO_SQLITE),
        ),
    ]
