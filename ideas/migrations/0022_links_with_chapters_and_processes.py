"""Ideas can be linked with chapters of reports and with core processes."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0021_hidden_pictures_are_watched"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="idealink",
            name="kind",
            field=models.CharField(
                choices=[
                    ("idea", "idea"),
                    ("news", "news article"),
                    ("goal", "goal"),
                    ("measure", "measure"),
                    ("paper", "council paper"),
                    ("process", "core process"),
                    ("chapter", "chapter of a report"),
                ],
                max_length=7,
                verbose_name="kind",
            ),
        ),
    ]
