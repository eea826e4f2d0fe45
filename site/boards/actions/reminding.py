"""Reminding an office of an answer: a week before the day, and once it is over."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import post_mail
from boards.models import Reminder
from boards.queries.advice import Advice, shown_recommendations, with_clock

AHEAD = timedelta(days=7)


def remind() -> int:
    """Write to the offices whose answers are due or overdue, once for each; return how many mails were written."""
    day = timezone.localdate()
    rows = shown_recommendations().filter(answer_by__lte=day + AHEAD).exclude(board__answer_email="")
    found = [with_clock(row, day) for row in rows.select_related("board").prefetch_related("answers")]
    return sum(_remind(one) for one in found if not one.answers)


@transaction.atomic
def _remind(found: Advice) -> bool:
    late = found.clock.name == "overdue"
    stage = Reminder.Stage.OVERDUE if late else Reminder.Stage.SOON
    # By the row: of two that run at the same moment one writes the mail.
    _row, is_new = Reminder.objects.get_or_create(recommendation=found.row, stage=stage, answer_by=found.row.answer_by)
    if is_new:
        subject = (
            _("Answer to the advisory board is overdue") if late else _("Answer to the advisory board is due soon")
        )
        text = _(
            "The advisory board recommended: “%(title)s”.\n\n%(clock)s Everybody can see this on the page:\n%(address)s"
        )
        said = {"title": found.row.title, "clock": found.clock.words}
        said["address"] = settings.SITE_URL + found.row.get_absolute_url()
        post_mail(to=found.row.board.answer_email, subject=subject, text=text % said)
    return is_new
