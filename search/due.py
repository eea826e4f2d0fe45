"""What search does by the clock."""

from datetime import timedelta

from common.events import due
from search import actions
from search.models import SearchDocument, SearchIndex
from search.spelling import count_words


@due(every=timedelta(seconds=30))
def sweep() -> None:
    """Build rows that a change of their campaign, or of the analyser, left behind."""
    actions.sweep()


@due(every=timedelta(hours=1))
def recount_words() -> None:
    """Count the vocabulary anew when documents were added or taken away since."""
    counted = SearchIndex.objects.filter(name="words").values_list("documents", flat=True).first()
    if counted != SearchDocument.objects.filter(visible=True).count():
        count_words()
