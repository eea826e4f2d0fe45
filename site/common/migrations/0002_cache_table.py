"""The table of the shared cache: sign-in limits live in it, so it must exist wherever the database does."""

from typing import ClassVar

from django.core.management import call_command
from django.db import migrations


def create(apps: object, schema_editor: object) -> None:
    """Make the cache table unless it is there."""
    call_command("createcachetable", "django_cache", verbosity=0)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("common", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(create, migrations.RunPython.noop)]
