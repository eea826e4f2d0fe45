"""What exists in this room. No row here names a person as a voter: ``voter_key`` is a keyed hash."""

from voting.models.anomaly import Flag, Quarantine, ReviewStep, VoteTrace
from voting.models.budget import Basket, BasketItem, BudgetRun, DistrictCap, Project
from voting.models.choice import MergeChoice
from voting.models.code import CodePackage, PaperCount, VotingCode
from voting.models.notice import NoticeRound, SupporterNotice
from voting.models.opinion import CommentVote, Opinion, OpinionTally
from voting.models.record import KeyDestroyed, LogSalt, MerkleRoot, Reopening, Threshold
from voting.models.vote import Ballot, Result, Vote, VoteEvent, VoterLevel

__all__ = [
    "Ballot",
    "Basket",
    "BasketItem",
    "BudgetRun",
    "CodePackage",
    "CommentVote",
    "DistrictCap",
    "Flag",
    "KeyDestroyed",
    "LogSalt",
    "MergeChoice",
    "MerkleRoot",
    "NoticeRound",
    "Opinion",
    "OpinionTally",
    "PaperCount",
    "Project",
    "Quarantine",
    "Reopening",
    "Result",
    "ReviewStep",
    "SupporterNotice",
    "Threshold",
    "Vote",
    "VoteEvent",
    "VoteTrace",
    "VoterLevel",
    "VotingCode",
]
