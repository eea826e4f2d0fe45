"""What people see and do in a browser."""

from ideas.views.answers import answer
from ideas.views.autosave import draft
from ideas.views.branches import branch
from ideas.views.changing import change
from ideas.views.claiming import claim
from ideas.views.coauthor_links import coauthor_invitation
from ideas.views.coauthors import coauthors
from ideas.views.comment_changes import change_comment, comment_versions
from ideas.views.comment_names import comment_names
from ideas.views.comments import add_comment, comment, delete_comment
from ideas.views.feeds import feed
from ideas.views.files import file
from ideas.views.groups import groups, invitation, one_group
from ideas.views.hints import similar_ideas
from ideas.views.idea import idea, trail
from ideas.views.linking import links
from ideas.views.lists import ideas
from ideas.views.maps import districts_data, map_data, map_page
from ideas.views.mine import delete_draft, mine
from ideas.views.pictures import picture
from ideas.views.sharing import campaign_notice, embed, embed_campaign, notice, qr_code
from ideas.views.sorting import sorting
from ideas.views.submitting import receipt, submit
from ideas.views.versions import versions
from ideas.views.withdrawing import withdraw

__all__ = [
    "add_comment",
    "answer",
    "branch",
    "campaign_notice",
    "change",
    "change_comment",
    "claim",
    "coauthor_invitation",
    "coauthors",
    "comment",
    "comment_names",
    "comment_versions",
    "delete_comment",
    "delete_draft",
    "districts_data",
    "draft",
    "embed",
    "embed_campaign",
    "feed",
    "file",
    "groups",
    "idea",
    "ideas",
    "invitation",
    "links",
    "map_data",
    "map_page",
    "mine",
    "notice",
    "one_group",
    "picture",
    "qr_code",
    "receipt",
    "similar_ideas",
    "sorting",
    "submit",
    "trail",
    "versions",
    "withdraw",
]
