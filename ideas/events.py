"""What has happened here; payload is the id of the idea, comment or answer (``idea_id``, ``comment_id``, ``answer_id``)."""

IDEA_SUBMITTED = "idea_submitted"
IDEA_PUBLISHED = "idea_published"
# Another version became the public one; carries ``version`` (its number) beside ``idea_id``.
IDEA_CHANGED = "idea_changed"
IDEA_HIDDEN = "idea_hidden"
IDEA_WITHDRAWN = "idea_withdrawn"
# Somebody has become the author of an idea that staff had written down.
IDEA_CLAIMED = "idea_claimed"
# Supports or comments were counted anew; said often, delivered once in a while.
IDEA_COUNTED = "idea_counted"
COMMENT_SUBMITTED = "comment_submitted"
COMMENT_PUBLISHED = "comment_published"
COMMENT_HIDDEN = "comment_hidden"
# A hidden one is public again.
COMMENT_RESTORED = "comment_restored"
COMMENT_DELETED = "comment_deleted"
# A public comment speaks to somebody; carries ``mention_id`` instead, once for each comment and person.
PERSON_MENTIONED = "person_mentioned"
ANSWER_PUBLISHED = "answer_published"
# Writing together; payload is ``coauthor_id``.
COAUTHOR_INVITED = "coauthor_invited"
COAUTHOR_ACCEPTED = "coauthor_accepted"
COAUTHOR_DECLINED = "coauthor_declined"
COAUTHOR_LEFT = "coauthor_left"
COAUTHOR_REMOVED = "coauthor_removed"
LEAD_OFFERED = "lead_offered"
LEAD_PASSED = "lead_passed"
# Two ideas were joined, or set apart again; carries ``merge_id`` beside the source's ``idea_id``.
IDEA_MERGED = "idea_merged"
IDEA_UNMERGED = "idea_unmerged"
IDEA_MOVED = "idea_moved"
