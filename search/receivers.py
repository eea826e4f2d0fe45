"""What search does when others announce something."""

from common.events import receives
from search import actions
from search.sync import sync_if_possible


@receives("search_row_changed")
def bring(key: str) -> None:
    """Bring whatever has changed to Elasticsearch; without it the table in the database is all there is."""
    sync_if_possible()


@receives("search_campaign_changed")
def build(campaign: str) -> None:
    """Build the rows that a change of their campaign left behind, and those that it brought (back) into the open."""
    actions.sweep()
    actions.add_missing()
    sync_if_possible()
