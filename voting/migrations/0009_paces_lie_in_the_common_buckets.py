"""How fast an account votes is kept in the common buckets."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("voting", "0008_pace"),
    ]

    operations: ClassVar = [
        migrations.DeleteModel(
            name="Pace",
        ),
    ]
