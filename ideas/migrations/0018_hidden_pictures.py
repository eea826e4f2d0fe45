"""A picture can be hidden by itself, without its idea."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("ideas", "0017_discussions_of_any_depth"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="ideapicture",
            name="hidden_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
