"""What ideas do when something has happened."""

from common.events import receives
from ideas.actions import bring_up_change, refresh_counted
from ideas.events import IDEA_COUNTED, IDEA_MOVED, IDEA_PUBLISHED, IDEA_UNMERGED


@receives(IDEA_COUNTED)
def count_in_search(idea_id: int) -> None:
    """Bring the new numbers of an idea into the index."""
    refresh_counted(idea_id)


@receives(IDEA_PUBLISHED, IDEA_MOVED, IDEA_UNMERGED)
def let_change_wait(idea_id: int, merge_id: int = 0) -> None:
    """Bring what waited while its idea was hidden, merged or moved to the moderators again."""
    bring_up_change(idea_id)
