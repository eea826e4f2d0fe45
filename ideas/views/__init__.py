"""What people see and do in a browser."""

from ideas.views.answers import answer
from ideas.views.changing import change, withdraw
from ideas.views.comments import add_comment, comment, delete_comment
from ideas.views.feeds import feed
from ideas.views.groups import groups, invitation, one_group
from ideas.views.idea import idea, trail
from ideas.views.lists import ideas
from ideas.views.mine import delete_draft, mine
from ideas.views.pictures import picture
from ideas.views.submitting import receipt, submit

__all__ = [
    "add_comment",
    "answer",
    "change",
    "comment",
    "delete_comment",
    "delete_draft",
    "feed",
    "groups",
    "idea",
    "ideas",
    "invitation",
    "mine",
    "one_group",
    "picture",
    "receipt",
    "submit",
    "trail",
    "withdraw",
]
