"""Blocks of articles need no migration any more."""

from typing import ClassVar

from django.db import migrations

import cms.fields


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("news", "0003_blocks_for_campaigns"),
    ]

    # Only the words in migrations change: the columns hold JSON before and after.
    operations: ClassVar = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="newsarticlepage",
                    name="body",
                    field=cms.fields.BlocksField([], blank=True, verbose_name="content"),
                ),
            ]
        ),
    ]
