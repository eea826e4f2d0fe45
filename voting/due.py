"""What is due by the clock: sealing phases of voting that are over."""

from datetime import timedelta

from common.events import due
from voting.actions import seal_due_phases


@due(every=timedelta(minutes=1))
def seal_phases() -> None:
    """Seal what has ended; the phase itself was closed by the clock to the microsecond."""
    seal_due_phases()
