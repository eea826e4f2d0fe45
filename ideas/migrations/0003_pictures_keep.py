"""A version was approved with its pictures: neither the pictures nor which version shows them may change."""

from typing import ClassVar

from django.db import migrations

from common.database import append_only


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0002_guards")]
    operations: ClassVar = [
        append_only("ideas_versionpicture", ("version_id", "picture_id", "alt", "position")),
        append_only("ideas_ideapicture", ("key", "file", "sha256", "width", "height")),
    ]
