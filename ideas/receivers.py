"""What ideas do when something has happened."""

from common.events import receives
from ideas.actions import bring_up_change, refresh_counted
from ideas.events import IDEA_COUNTED, IDEA_PUBLISHED


@receives(IDEA_COUNTED)
def count_in_search(idea_id: int) -> None:
    """Bring the new numbers of an idea into the index."""
    refresh_counted(idea_id)


@receives(IDEA_PUBLISHED)
def let_change_wait(idea_id: int) -> None:
    """Bring a change that waited while its idea was hidden to the moderators again."""
    bring_up_change(idea_id)
