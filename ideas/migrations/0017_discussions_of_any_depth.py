"""First comments are read in their order, replies below what they answer."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0016_mentions_are_told_once")]

    operations: ClassVar = [
        migrations.RemoveIndex(model_name="comment", name="comment_of_idea"),
        migrations.RemoveIndex(model_name="comment", name="comment_replies"),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(condition=models.Q(("depth", 0)), fields=["idea", "id"], name="comment_first"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["parent", "id"], name="comment_answers"),
        ),
    ]
