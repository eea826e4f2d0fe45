"""What people do and see in this room."""

from voting.views.support import catch_up, support

__all__ = ["catch_up", "support"]
