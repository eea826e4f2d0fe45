"""What a contribution was like before it was decided on with many others, for the way back."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("moderation", "0010_marks_and_memory"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="bulkitem",
            name="before",
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name="caseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "opened"),
                    ("changed", "contribution changed"),
                    ("reported", "reported"),
                    ("claimed", "taken"),
                    ("taken_over", "taken over after the time was up"),
                    ("released", "given back"),
                    ("handed", "handed over"),
                    ("reopened", "waits again"),
                    ("decided", "decided"),
                    ("closed", "closed without a decision"),
                    ("proposed", "proposed; another person has to agree"),
                    ("escalated", "proposed as a grave case"),
                    ("confirmed", "confirmed by a second person"),
                    ("declined", "declined by a second person"),
                    ("downloaded", "evidence downloaded"),
                ],
                max_length=10,
            ),
        ),
    ]
