"""What the database itself refuses: changing or deleting an entry of the record, or the words of a rule."""

from typing import ClassVar

from common.database import append_only
from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("moderation", "0001_initial")]
    operations: ClassVar = [
        append_only("moderation_decision"),
        append_only("moderation_ruleversion"),
    ]
