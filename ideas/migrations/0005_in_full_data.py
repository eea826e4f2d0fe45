"""What the new columns say of rows that are there already."""

from typing import ClassVar

from django.db import migrations

SHOWN = "UPDATE ideas_campaign SET is_published = is_public"
PLACES = """
    UPDATE ideas_idea SET
        latitude = (SELECT latitude FROM ideas_ideaversion v WHERE v.id = ideas_idea.approved_version_id),
        longitude = (SELECT longitude FROM ideas_ideaversion v WHERE v.id = ideas_idea.approved_version_id)
    WHERE approved_version_id IS NOT NULL"""
VERSIONS = """
    UPDATE ideas_ideaversion SET published_at = (SELECT published_at FROM ideas_idea i WHERE i.id = ideas_ideaversion.idea_id)
    WHERE id IN (SELECT approved_version_id FROM ideas_idea)"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0004_in_full")]
    operations: ClassVar = [
        migrations.RunSQL([SHOWN, PLACES, VERSIONS], migrations.RunSQL.noop),
    ]
