"""What is due by the clock: reminding of what waits."""

from datetime import timedelta

from common.events import due
from moderation import record
from moderation.actions.contact import forget_answered
from moderation.actions.forgetting import forget_old
from moderation.actions.pace import forget_spent
from moderation.actions.reminders import remind
from moderation.queries import ledger


@due(every=timedelta(minutes=30))
def remind_moderators() -> None:
    """Remind moderators of late cases and due complaints, and deputies of very late ones."""
    remind()


@due(every=timedelta(hours=1))
def forget_senders() -> None:
    """Forget puzzles that have run out, and what was written to the contact point and answered long ago."""
    forget_spent()
    forget_answered()


@due(every=timedelta(hours=1))
def anchor_record() -> None:
    """Publish how far the record of decisions goes."""
    record.anchor()


@due(every=timedelta(hours=1))
def keep_ledger() -> None:
    """Count the public ledger before anybody asks for it."""
    ledger.refresh()


@due(every=timedelta(days=1))
def forget_old_names() -> None:
    """Forget old names and the words that marks quote, when the time for complaints is over."""
    forget_old()
