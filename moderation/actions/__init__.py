"""What can happen in this room; each function is one transaction."""

from moderation.actions.cases import claim_case, close_case, hand_over, open_case, release_case, rename_author
from moderation.actions.complaints import complain, complain_as_reporter, decide_complaint
from moderation.actions.decisions import decide
from moderation.actions.reports import report
from moderation.actions.rules import write_rule

__all__ = [
    "claim_case",
    "close_case",
    "complain",
    "complain_as_reporter",
    "decide",
    "decide_complaint",
    "hand_over",
    "open_case",
    "release_case",
    "rename_author",
    "report",
    "write_rule",
]
