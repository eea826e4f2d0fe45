"""Counters of ideas and campaigns: moved by one, in the row, in the transaction of what is counted."""

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from common.errors import Refused
from common.events import announce
from ideas.events import IDEA_COUNTED
from ideas.models import Campaign, Comment
from search.actions import touch

# Being two days newer weighs as much as e times the interest.
TREND_SECONDS = 2 * 24 * 3600
INTEREST = "CAST(support_count + 2 * comment_count + 1 AS double precision)"
# Written out: every vote runs it, and putting it together anew takes longer than running it. The new number comes with
# the change itself: who moves it may act on it, as nobody else moves it until the commit.
MOVE = f"""
    UPDATE ideas_idea SET support_count = support_count + %(supports)s, comment_count = comment_count + %(comments)s,
        trend = trend + ln({INTEREST} + %(interest)s) - ln({INTEREST})
    WHERE id = %(idea)s RETURNING support_count"""  # noqa: S608 - fixed words


def change_support_count(idea_id: int, by: int) -> int:
    """Move the number of supports and return it; only ``voting`` calls this, when it has added or removed a row."""
    return _change(idea_id, supports=by)


def change_comment_count(idea_id: int, by: int) -> None:
    """Move the number of public comments."""
    _change(idea_id, comments=by)


def change_reply_count(parent_id: int | None, by: int) -> None:
    """Move the number of public replies of a comment; first comments have no parent."""
    if parent_id is not None:
        Comment.objects.filter(pk=parent_id).update(reply_count=F("reply_count") + by)


def change_idea_count(campaign_id: int, by: int) -> None:
    """Move the number of public ideas of a campaign."""
    Campaign.objects.filter(pk=campaign_id).update(idea_count=F("idea_count") + by)


# Callers count inside the transaction of what is counted; a savepoint would cost two statements and save nothing.
@transaction.atomic(savepoint=False)
def _change(idea_id: int, *, supports: int = 0, comments: int = 0) -> int:
    with connection.cursor() as cursor:
        values = {"idea": idea_id, "supports": supports, "comments": comments, "interest": supports + 2 * comments}
        cursor.execute(MOVE, values)
        row = cursor.fetchone()
    if row is None:
        raise Refused(_("This idea is gone."), code="gone", status=404)
    announce(IDEA_COUNTED, idea_id=idea_id)
    return int(row[0])


@transaction.atomic
def refresh_counted(idea_id: int) -> None:
    """Bring new counts into the index."""
    touch("idea", idea_id)
