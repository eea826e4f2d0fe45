"""An index from which all counts of the queue's filters are read."""

from typing import ClassVar

from django.conf import settings
from django.db import migrations, models

FIELDS = ["kind", "campaign_id_copy", "reason", "campaign_title", "claimed_by", "claimed_until"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("moderation", "0002_guards"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations: ClassVar = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(state="open"), fields=FIELDS, name="case_counts"),
        ),
    ]
