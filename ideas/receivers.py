"""What ideas do when something has happened."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from common.events import receives
from ideas.actions import bring_up_change, recount_coauthors, refresh_counted
from ideas.actions.names import look_at_name
from ideas.events import IDEA_COUNTED, IDEA_MOVED, IDEA_PUBLISHED, IDEA_UNMERGED
from ideas.models import CoAuthor


@receives(IDEA_COUNTED)
def count_in_search(idea_id: int) -> None:
    """Bring the new numbers of an idea into the index."""
    refresh_counted(idea_id)


@receives(IDEA_PUBLISHED, IDEA_MOVED, IDEA_UNMERGED)
def let_change_wait(idea_id: int, merge_id: int = 0) -> None:
    """Bring what waited while its idea was hidden, merged or moved to the moderators again."""
    bring_up_change(idea_id)


@receiver(post_delete, sender=CoAuthor, dispatch_uid="ideas.recount_coauthors")
def recount(instance: CoAuthor, **_more: Any) -> None:
    """Keep the number of co-authors right when an account is deleted: the database takes its rows along, no action does."""
    recount_coauthors(instance.idea_id)


@receives("name_changed")
def judge_name(person_id: int) -> None:
    """Let moderators look at a new name that stands beside public ideas."""
    look_at_name(person_id)
