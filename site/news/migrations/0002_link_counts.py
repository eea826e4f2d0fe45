"""Let ideas that articles name already know how many they are."""

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count


def count(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the articles to each idea's number of links."""
    idea, named = apps.get_model("ideas", "Idea"), apps.get_model("news", "ArticleIdea")
    for row in named.objects.values("idea_id").annotate(number=Count("pk")):
        idea.objects.filter(pk=row["idea_id"]).update(link_count=row["number"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("news", "0001_initial"), ("ideas", "0007_intake_right")]

    operations: ClassVar = [migrations.RunPython(count, migrations.RunPython.noop)]
