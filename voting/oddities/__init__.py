"""Looking for odd votes, hour by hour: what is read (``seen``), what is asked (``questions``), what is chance (``chances``)."""

from voting.oddities.questions import answers
from voting.oddities.seen import hours_with_votes, read_hour

__all__ = ["answers", "hours_with_votes", "read_hour"]
