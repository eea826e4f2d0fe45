"""What can be asked."""

from voting.queries.support import (
    SupportState,
    counted,
    fresh_count,
    is_open,
    own_keys,
    own_support_ids,
    shown_count,
    support_state,
    supported_ideas,
    used_supports,
)

__all__ = [
    "SupportState",
    "counted",
    "fresh_count",
    "is_open",
    "own_keys",
    "own_support_ids",
    "shown_count",
    "support_state",
    "supported_ideas",
    "used_supports",
]
