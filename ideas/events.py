"""What has happened here; payload is the id of the idea, comment or answer (``idea_id``, ``comment_id``, ``answer_id``)."""

IDEA_SUBMITTED = "idea_submitted"
IDEA_PUBLISHED = "idea_published"
IDEA_CHANGED = "idea_changed"
IDEA_HIDDEN = "idea_hidden"
IDEA_WITHDRAWN = "idea_withdrawn"
# Supports or comments were counted anew; said often, delivered once in a while.
IDEA_COUNTED = "idea_counted"
COMMENT_SUBMITTED = "comment_submitted"
COMMENT_PUBLISHED = "comment_published"
COMMENT_HIDDEN = "comment_hidden"
ANSWER_PUBLISHED = "answer_published"
