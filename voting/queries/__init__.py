"""What can be asked."""

from voting.queries.support import (
    SupportState,
    counted,
    fresh_count,
    is_open,
    open_phase_of,
    own_keys,
    own_support_ids,
    shown_count,
    support_state,
    supported_ideas,
    takes_supports,
    used_supports,
)

__all__ = [
    "SupportState",
    "counted",
    "fresh_count",
    "is_open",
    "open_phase_of",
    "own_keys",
    "own_support_ids",
    "shown_count",
    "support_state",
    "supported_ideas",
    "takes_supports",
    "used_supports",
]
