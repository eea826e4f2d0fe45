"""What can happen here. Each function is one transaction: check, change, open a case, touch the index, announce."""

from ideas.actions.answering import publish_answer
from ideas.actions.campaigns import set_campaign_published
from ideas.actions.coauthors import (
    accept_invitation,
    decline_invitation,
    gone,
    invite_by_link,
    invite_commenter,
    leave_idea,
    recount_coauthors,
    remove_coauthor,
)
from ideas.actions.comment_changes import bring_up_comment_change, change_comment
from ideas.actions.commenting import (
    delete_comment,
    forget_quotes,
    hide_comment,
    publish_comment,
    refuse_comment,
    write_comment,
)
from ideas.actions.counting import change_comment_count, change_support_count, refresh_counted
from ideas.actions.drafting import (
    adopt_draft,
    forget_draft,
    forget_old_drafts,
    forget_sent,
    keep_picture,
    save_draft,
)
from ideas.actions.files import forget_files, keep_file
from ideas.actions.hinting import count_hint, note_hints
from ideas.actions.leading import decline_lead, offer_lead, take_back_offer, take_lead
from ideas.actions.linking import link_idea, recount_links, unlink_idea
from ideas.actions.merging import change_merge_tally, merge_ideas, undo_merge
from ideas.actions.moving import move_idea
from ideas.actions.pictures import hide_picture, restore_picture
from ideas.actions.publishing import bring_up_change, hide_idea, publish_idea, refuse_idea, restore_idea
from ideas.actions.rating import change_comment_rating
from ideas.actions.submitting import change_idea, submit_idea
from ideas.actions.taking_in import Received, Taken, claim_idea, renew_code, take_in_idea
from ideas.actions.tallying import gather_tally, mend_counts
from ideas.actions.withdrawing import let_reason_through, refuse_reason, withdraw_idea

__all__ = [
    "Received",
    "Taken",
    "accept_invitation",
    "adopt_draft",
    "bring_up_change",
    "bring_up_comment_change",
    "change_comment",
    "change_comment_count",
    "change_comment_rating",
    "change_idea",
    "change_merge_tally",
    "change_support_count",
    "claim_idea",
    "count_hint",
    "decline_invitation",
    "decline_lead",
    "delete_comment",
    "forget_draft",
    "forget_files",
    "forget_old_drafts",
    "forget_quotes",
    "forget_sent",
    "gather_tally",
    "gone",
    "hide_comment",
    "hide_idea",
    "hide_picture",
    "invite_by_link",
    "invite_commenter",
    "keep_file",
    "keep_picture",
    "leave_idea",
    "let_reason_through",
    "link_idea",
    "mend_counts",
    "merge_ideas",
    "move_idea",
    "note_hints",
    "offer_lead",
    "publish_answer",
    "publish_comment",
    "publish_idea",
    "recount_coauthors",
    "recount_links",
    "refresh_counted",
    "refuse_comment",
    "refuse_idea",
    "refuse_reason",
    "remove_coauthor",
    "renew_code",
    "restore_idea",
    "restore_picture",
    "save_draft",
    "set_campaign_published",
    "submit_idea",
    "take_back_offer",
    "take_in_idea",
    "take_lead",
    "undo_merge",
    "unlink_idea",
    "withdraw_idea",
    "write_comment",
]
