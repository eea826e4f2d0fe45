"""What boards do by the clock."""

from datetime import timedelta

from boards.actions.applying import forget_applications
from boards.actions.reminding import remind
from common.events import due


@due(every=timedelta(hours=3))
def remind_of_answers() -> None:
    """Remind offices of answers that are due."""
    remind()


@due(every=timedelta(hours=3))
def forget_old_applications() -> None:
    """Delete applications on the day that was said to whoever sent them."""
    forget_applications()
