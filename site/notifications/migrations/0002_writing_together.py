"""One more kind of message: writing together."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("notifications", "0001_initial"),
    ]

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
                    ("answer", "Answers of the town"),
                    ("together", "Writing together, and ideas you have commented on that are withdrawn"),
                ],
                max_length=40,
            ),
        ),
    ]
