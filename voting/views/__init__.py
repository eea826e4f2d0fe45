"""What people do and see in this room."""

from voting.views.also_mine import also_mine, also_mine_catch_up
from voting.views.merging import merging
from voting.views.support import catch_up, support

__all__ = ["also_mine", "also_mine_catch_up", "catch_up", "merging", "support"]
