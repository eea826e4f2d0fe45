"""The size of a picture is found by the name of its file, when somebody asks for it."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cms", "0002_results_and_blocks")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="picturerendition", index=models.Index(fields=["file"], name="rendition_by_file")
        ),
    ]
