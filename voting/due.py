"""What is due by the clock: sealing votes that are over, roots over the record, destroying keys."""

from datetime import timedelta

from common.events import due
from voting.actions import seal_due_phases
from voting.actions.flagging import look_for_oddities
from voting.actions.forgetting import destroy_due_keys
from voting.actions.rooting import build_roots
from voting.actions.thresholds import catch_up, tell_of_reached
from voting.actions.tracing import forget_traces


@due(every=timedelta(minutes=1))
def seal_phases() -> None:
    """Seal what has ended; the phase itself was closed by the clock to the microsecond."""
    seal_due_phases()


@due(every=timedelta(hours=1))
def add_roots() -> None:
    """Put a root over what was voted since the last one."""
    build_roots()


@due(every=timedelta(hours=6))
def destroy_keys() -> None:
    """Make votes anonymous for good, three months after their result."""
    destroy_due_keys()


@due(every=timedelta(minutes=10))
def reach_goals() -> None:
    """Write down which ideas came to the number that obliges an answer other than by a vote; tell what could not be told."""
    catch_up()
    tell_of_reached()


@due(every=timedelta(hours=1))
def look_at_votes() -> None:
    """Look for odd votes, and forget the traces of old ones."""
    look_for_oddities()
    forget_traces()
