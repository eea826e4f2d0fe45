"""What the database itself refuses: changing or deleting an entry of the record, or the words of a rule."""

from typing import ClassVar

from django.db import migrations

from common.database import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("moderation", "0001_initial")]
    operations: ClassVar = [
        append_only("moderation_decision"),
        append_only("moderation_ruleversion"),
    ]
