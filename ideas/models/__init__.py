"""What exists in this room."""

from ideas.models.answer import OfficialAnswer
from ideas.models.campaign import Campaign, Phase
from ideas.models.coauthor import CoAuthor
from ideas.models.comment import Comment, CommentVersion, Mention
from ideas.models.draft import Draft
from ideas.models.file import IdeaFile, VersionFile
from ideas.models.group import Invitation, Member
from ideas.models.idea import Idea, IdeaVersion
from ideas.models.intake import Intake
from ideas.models.link import IdeaLink
from ideas.models.merge import Merge
from ideas.models.picture import IdeaPicture, VersionPicture
from ideas.models.question import Question
from ideas.models.status import CampaignStatus, Look
from ideas.models.tally import HintTally, IdeaTally, IdeaViews
from ideas.models.taxonomy import District, Goal, Outline, Topic
from ideas.models.withdrawal import Withdrawal, WithheldVersion

__all__ = [
    "Campaign",
    "CampaignStatus",
    "CoAuthor",
    "Comment",
    "CommentVersion",
    "District",
    "Draft",
    "Goal",
    "HintTally",
    "Idea",
    "IdeaFile",
    "IdeaLink",
    "IdeaPicture",
    "IdeaTally",
    "IdeaVersion",
    "IdeaViews",
    "Intake",
    "Invitation",
    "Look",
    "Member",
    "Mention",
    "Merge",
    "OfficialAnswer",
    "Outline",
    "Phase",
    "Question",
    "Topic",
    "VersionFile",
    "VersionPicture",
    "Withdrawal",
    "WithheldVersion",
]
