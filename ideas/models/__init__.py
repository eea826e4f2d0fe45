"""What exists in this room."""

from ideas.models.answer import OfficialAnswer
from ideas.models.campaign import Campaign, Phase
from ideas.models.comment import Comment
from ideas.models.draft import Draft
from ideas.models.idea import Idea, IdeaVersion
from ideas.models.picture import IdeaPicture, VersionPicture
from ideas.models.taxonomy import District, Goal, Topic

__all__ = [
    "Campaign",
    "Comment",
    "District",
    "Draft",
    "Goal",
    "Idea",
    "IdeaPicture",
    "IdeaVersion",
    "OfficialAnswer",
    "Phase",
    "Topic",
    "VersionPicture",
]
