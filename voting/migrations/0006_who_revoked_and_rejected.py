"""Who revoked codes and who rejected a total from paper; a used code stays used, a total stays as it was typed in."""

from importlib import import_module
from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from common.database import append_only, by_vendor

guards = import_module("voting.migrations.0005_guards_in_full")

PACKAGE_SEALED = """EXISTS (SELECT 1 FROM ideas_phase p JOIN voting_codepackage c ON c.phase_id = p.id
    WHERE c.id = NEW.package_id AND p.sealed_at IS NOT NULL)"""
USED = (
    f"OLD.used_on IS NOT NULL OR NEW.code_hash <> OLD.code_hash OR NEW.package_id <> OLD.package_id OR {PACKAGE_SEALED}"
)
WORDS = "a used code stays used, and none is used after sealing"
USED_POSTGRES = f"""
    CREATE FUNCTION voting_votingcode_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {USED} THEN RAISE EXCEPTION \x27{WORDS}\x27 USING ERRCODE = \x27integrity_constraint_violation\x27; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER voting_votingcode_once BEFORE UPDATE ON voting_votingcode
        FOR EACH ROW EXECUTE FUNCTION voting_votingcode_once();"""
USED_SQLITE = f"""CREATE TRIGGER voting_votingcode_once BEFORE UPDATE ON voting_votingcode WHEN {USED}
    BEGIN SELECT RAISE(ABORT, \x27{WORDS}\x27); END"""
TYPED = ("phase_id", "idea_id", "value", "number", "place", "entered_by_id", "entered_at")


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("voting", "0005_guards_in_full"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations: ClassVar = [
        migrations.AddField(
            model_name="codepackage",
            name="revoked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="papercount",
            name="rejected_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        by_vendor(
            USED_POSTGRES,
            USED_SQLITE,
            undo_postgres="DROP TRIGGER voting_votingcode_once ON voting_votingcode; DROP FUNCTION voting_votingcode_once();",
            undo_sqlite="DROP TRIGGER voting_votingcode_once",
        ),
        guards.keep_sealed("voting_papercount", guards.SEALED),
        append_only("voting_papercount", TYPED),
    ]
