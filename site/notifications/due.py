"""What is due by the clock."""

from datetime import timedelta

from common.events import due
from notifications import supporters
from notifications.goals import remind_offices
from notifications.mailing import announce_gathered


@due(every=timedelta(minutes=5))
def walk_on() -> None:
    """Go on telling supporters where it was to wait, failed, or a process ended."""
    supporters.announce_due()


@due(every=timedelta(hours=1))
def remind_supporters() -> None:
    """Remind, once, those who have not said anything a week after a merge."""
    supporters.remind()


@due(every=timedelta(minutes=5))
def mail_comments() -> None:
    """Gather comments of the last while into one mail per idea."""
    announce_gathered()


@due(every=timedelta(hours=1))
def remind_of_answers() -> None:
    """Remind offices of answers that are due in a week, or today."""
    remind_offices()
