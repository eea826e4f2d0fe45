"""What can happen here. Each function is one transaction: check, change, open a case, touch the index, announce."""

from ideas.actions.answering import publish_answer
from ideas.actions.campaigns import set_campaign_published
from ideas.actions.commenting import delete_comment, hide_comment, publish_comment, refuse_comment, write_comment
from ideas.actions.counting import change_comment_count, change_support_count, refresh_counted
from ideas.actions.drafting import adopt_draft, forget_draft, forget_old_drafts, keep_picture, save_draft
from ideas.actions.publishing import bring_up_change, hide_idea, publish_idea, refuse_idea, restore_idea
from ideas.actions.submitting import change_idea, submit_idea, withdraw_idea

__all__ = [
    "adopt_draft",
    "bring_up_change",
    "change_comment_count",
    "change_idea",
    "change_support_count",
    "delete_comment",
    "forget_draft",
    "forget_old_drafts",
    "hide_comment",
    "hide_idea",
    "keep_picture",
    "publish_answer",
    "publish_comment",
    "publish_idea",
    "refresh_counted",
    "refuse_comment",
    "refuse_idea",
    "restore_idea",
    "save_draft",
    "set_campaign_published",
    "submit_idea",
    "withdraw_idea",
    "write_comment",
]
