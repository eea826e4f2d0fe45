"""What people do and see in this room."""

from voting.views.also_mine import also_mine, also_mine_catch_up
from voting.views.basket import basket, basket_catch_up
from voting.views.budget_result import budget_file, budget_result
from voting.views.codes import vote_with_code
from voting.views.comment_votes import comment_vote, comment_vote_catch_up
from voting.views.merging import merging
from voting.views.opinions import opinion, opinion_catch_up
from voting.views.record import check, directory, entries, receipts
from voting.views.support import catch_up, support

__all__ = [
    "also_mine",
    "also_mine_catch_up",
    "basket",
    "basket_catch_up",
    "budget_file",
    "budget_result",
    "catch_up",
    "check",
    "comment_vote",
    "comment_vote_catch_up",
    "directory",
    "entries",
    "merging",
    "opinion",
    "opinion_catch_up",
    "receipts",
    "support",
    "vote_with_code",
]
