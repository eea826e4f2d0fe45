"""A right of its own for the intake desk."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0006_closed_not_public")]

    operations: ClassVar = [
        migrations.AlterModelOptions(
            name="intake",
            options={
                "ordering": ["-pk"],
                "permissions": [("take_in", "Can write down ideas that came by other ways")],
                "verbose_name": "intake",
                "verbose_name_plural": "intakes",
            },
        ),
    ]
