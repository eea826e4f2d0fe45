"""By the clock: scheduled pages."""

from datetime import timedelta

from cms import actions, avif, letters, reminders, upkeep
from common.events import due


@due(every=timedelta(minutes=1))
def publish_scheduled_pages() -> None:
    """Publish and expire pages within a minute of the time that the editor set."""
    actions.publish_due_pages()


@due(every=timedelta(minutes=2))
def make_smaller_pictures() -> None:
    """Make the pictures that pages show as AVIF, too."""
    avif.make_waiting()


@due(every=timedelta(days=1))
def remind_editors() -> None:
    """Ask editors to look after contacts and pictures."""
    upkeep.remind()


@due(every=timedelta(days=1))
def remind_of_statement() -> None:
    """Remind editors to look through the statement on accessibility once a year."""
    reminders.remind_of_statement()


@due(every=timedelta(days=1))
def forget_letters() -> None:
    """Delete messages to contacts after thirty days."""
    letters.forget_letters()
