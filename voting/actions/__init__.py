"""What can happen in this room."""

from voting.actions.choosing import choose
from voting.actions.closing import close_phase, seal_due_phases
from voting.actions.comment_votes import rate_comment
from voting.actions.opinions import give_opinion, set_opinion, withdraw_all_opinions
from voting.actions.reopening import reopen_phase
from voting.actions.support import give_support, withdraw_support

__all__ = [
    "choose",
    "close_phase",
    "give_opinion",
    "give_support",
    "rate_comment",
    "reopen_phase",
    "seal_due_phases",
    "set_opinion",
    "withdraw_all_opinions",
    "withdraw_support",
]
