"""Whether comments say as many public replies as there are."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

_COUNTED = """
    SELECT c.id, c.reply_count, COALESCE(r.there, 0) FROM ideas_comment c
    LEFT JOIN (SELECT parent_id, COUNT(*) AS there FROM ideas_comment WHERE state = 'public' GROUP BY parent_id) r
    ON r.parent_id = c.id WHERE c.reply_count <> COALESCE(r.there, 0) ORDER BY c.id"""


def reply_differences() -> Iterator[str]:
    """Yield a sentence for each comment that says another number of public replies than there are."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        for pk, kept, there in cursor.fetchall():
            numbers = {"pk": pk, "kept": kept, "there": there}
            yield _("Comment %(pk)s says %(kept)s replies, there are %(there)s") % numbers
