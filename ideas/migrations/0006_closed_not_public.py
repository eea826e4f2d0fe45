"""A campaign is public only when its page is published and it is not closed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0005_in_full_data")]
    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_public", False), models.Q(("audience", "everybody"), ("is_published", True)), _connector="OR"
                ),
                name="campaign_closed_not_public",
            ),
        ),
    ]
