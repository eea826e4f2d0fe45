"""What exists in this room. No row here names a person: ``voter_key`` is a keyed hash."""

from voting.models.choice import MergeChoice
from voting.models.notice import NoticeRound, SupporterNotice
from voting.models.vote import Ballot, Result, Vote, VoteEvent

__all__ = ["Ballot", "MergeChoice", "NoticeRound", "Result", "SupporterNotice", "Vote", "VoteEvent"]
