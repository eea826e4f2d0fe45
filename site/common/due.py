"""What is due by the clock in the kernel: forgetting who sent how much, as soon as it does not matter any more."""

from datetime import timedelta

from common.buckets import forget_full
from common.events import due


@due(every=timedelta(minutes=10))
def forget_senders() -> None:
    """Throw away the rows of buckets that are full again."""
    forget_full()
