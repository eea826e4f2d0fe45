"""What search does when others announce something."""

from common.events import receives
from search import actions, repair
from search.attachments.reading import read_files
from search.saved import listening  # noqa: F401 - its receivers are registered
from search.sync import go_on, sync_if_possible


@receives("search_row_changed")
def bring(key: str) -> None:
    """Bring whatever has changed to Elasticsearch; without it the table in the database is all there is."""
    sync_if_possible()


@receives("search_campaign_changed")
def build(campaign: str) -> None:
    """Build the rows that a change of their campaign left behind, and those that it brought (back) into the open."""
    sync_if_possible()  # tombstones first
    actions.sweep()
    actions.add_missing()
    sync_if_possible()


@receives("search_file_waits")
def read(key: str) -> None:
    """Read the files beside a contribution that are new."""
    read_files(key)


@receives("search_retry_wanted")
def retry() -> None:
    """Do what was left aside once more."""
    actions.sweep()
    sync_if_possible()


@receives("search_check_wanted", tries=3)
def compare() -> None:
    """Compare and set right, because somebody asked for it."""
    repair.check(repair=True)


@receives("search_index_begun")
def fill_index() -> None:
    """Go on with an index at once; what is not done in one go, the clock does."""
    go_on()
