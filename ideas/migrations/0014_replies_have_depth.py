"""Where the replies of earlier discussions stand."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ideas", "0013_talking_and_voting")]

    operations: ClassVar = [
        # Replies stood one level below the first comment of their thread.
        migrations.RunSQL(
            "UPDATE ideas_comment SET depth = 1, top_id = parent_id WHERE parent_id IS NOT NULL", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            """UPDATE ideas_comment SET reply_count = (SELECT COUNT(*) FROM ideas_comment reply
               WHERE reply.parent_id = ideas_comment.id AND reply.state = 'public') WHERE parent_id IS NULL""",
            migrations.RunSQL.noop,
        ),
    ]
