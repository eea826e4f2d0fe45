"""What ideas do by the clock."""

from datetime import timedelta

from common.events import due
from ideas.actions import forget_old_drafts, gather_tally
from ideas.actions.dealing import deal_places


@due(every=timedelta(hours=6))
def forget_drafts() -> None:
    """Forget what people typed and never came back to."""
    forget_old_drafts()


@due(every=timedelta(minutes=1))
def add_up() -> None:
    """Add the rows of the tally together."""
    gather_tally()


@due(every=timedelta(minutes=10))
def deal_fair_places() -> None:
    """Deal the places of the fair order anew, in the night."""
    deal_places()
