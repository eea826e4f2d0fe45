"""What ideas do when something has happened."""

from common.events import receives
from ideas.actions import refresh_counted
from ideas.events import IDEA_COUNTED


@receives(IDEA_COUNTED)
def count_in_search(idea_id: int) -> None:
    """Bring the new numbers of an idea into the index."""
    refresh_counted(idea_id)
