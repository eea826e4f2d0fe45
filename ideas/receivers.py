"""What ideas do when something has happened."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from common.events import receives
from ideas.actions import bring_up_change, bring_up_comment_change, forget_quotes, recount_coauthors, refresh_counted
from ideas.events import (
    COMMENT_DELETED,
    COMMENT_RESTORED,
    IDEA_COUNTED,
    IDEA_MOVED,
    IDEA_PUBLISHED,
    IDEA_UNMERGED,
)
from ideas.models import CoAuthor


@receives(IDEA_COUNTED)
def count_in_search(idea_id: int) -> None:
    """Bring the new numbers of an idea into the index."""
    refresh_counted(idea_id)


@receives(IDEA_PUBLISHED, IDEA_MOVED, IDEA_UNMERGED)
def let_change_wait(idea_id: int, merge_id: int = 0) -> None:
    """Bring what waited while its idea was hidden, merged or moved to the moderators again."""
    bring_up_change(idea_id)


@receives(COMMENT_RESTORED)
def let_comment_change_wait(comment_id: int) -> None:
    """Bring what waited while its comment was hidden to the moderators again."""
    bring_up_comment_change(comment_id)


@receives(COMMENT_DELETED)
def forget_quotes_of(comment_id: int) -> None:
    """Let the words of a deleted comment vanish where they are quoted."""
    forget_quotes(comment_id)


@receiver(post_delete, sender=CoAuthor, dispatch_uid="ideas.recount_coauthors")
def recount(instance: CoAuthor, **_more: Any) -> None:
    """Keep the number of co-authors right when an account is deleted: the database takes its rows along, no action does."""
    recount_coauthors(instance.idea_id)
