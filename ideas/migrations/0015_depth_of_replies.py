"""Every reply knows how deep it stands."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0014_replies_have_depth")]

    operations: ClassVar = [
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("depth", 0), ("parent__isnull", True), ("top__isnull", True)),
                    models.Q(("depth__gt", 0), ("parent__isnull", False), ("top__isnull", False)),
                    _connector="OR",
                ),
                name="comment_depth_of_replies",
            ),
        ),
    ]
