"""By the clock: scheduled pages."""

from datetime import timedelta

from cms import actions
from common.events import due


@due(every=timedelta(minutes=1))
def publish_scheduled_pages() -> None:
    """Publish and expire pages within a minute of the time that the editor set."""
    actions.publish_due_pages()
