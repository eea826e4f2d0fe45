"""People are told that a comment speaks to them."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("notifications", "0003_merges_and_changes")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("receipt", "Receipts: we have received your idea"),
                    ("published", "Your contribution is public"),
                    ("decision", "Decisions of the moderation, with reasons"),
                    ("comment", "Comments on your ideas"),
                    ("mention", "Comments that speak to you by name"),
                    ("answer", "Answers of the town"),
                    ("merge", "Merges of ideas you support or have written"),
                    ("change", "Changes of ideas you support"),
                    ("together", "Writing together, and ideas you have commented on that are withdrawn"),
                ],
                max_length=40,
            ),
        ),
    ]
