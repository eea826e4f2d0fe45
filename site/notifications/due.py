"""What is due by the clock."""

from datetime import timedelta

from common.events import due
from notifications.mailing import announce_gathered


@due(every=timedelta(minutes=5))
def mail_comments() -> None:
    """Gather comments of the last while into one mail per idea."""
    announce_gathered()
