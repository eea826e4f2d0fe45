"""What is due by the clock."""

from datetime import timedelta

from common.events import due
from news.newsletter import sending, subscribing


@due(every=timedelta(minutes=1))
def send_issues() -> None:
    """Let issues go whose time has come, and go on with those that were left in the middle."""
    sending.announce_due()


@due(every=timedelta(hours=1))
def forget_wishes() -> None:
    """Forget addresses that nobody confirmed in time."""
    subscribing.forget_unconfirmed()


@due(every=timedelta(days=1))
def forget_old() -> None:
    """Forget who got which issue long ago, and subscriptions without any topic left."""
    sending.forget_ledgers()
    sending.forget_empty()
