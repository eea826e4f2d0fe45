"""What search does when others announce something."""

from common.events import receives
from search.sync import sync_if_possible


@receives("search_row_changed")
def bring(key: str) -> None:
    """Bring what has changed to Elasticsearch; without it the table in the database is all there is."""
    sync_if_possible()
