"""What can happen in this room."""

from voting.actions.choosing import choose
from voting.actions.closing import close_phase, seal_due_phases
from voting.actions.support import give_support, withdraw_support

__all__ = ["choose", "close_phase", "give_support", "seal_due_phases", "withdraw_support"]
