"""What happens to supports when something has happened to an idea."""

from contextlib import suppress

from common.errors import Refused
from common.events import receives
from ideas.events import COAUTHOR_ACCEPTED, IDEA_CLAIMED
from ideas.models import CoAuthor, Idea
from voting.actions import withdraw_support


@receives(IDEA_CLAIMED)
def take_back_own_support(idea_id: int) -> None:
    """Somebody has become the author of an idea: an own support does not count where the campaign says so.

    What is counted and sealed stays as it is; afterwards nobody can tell whether there was one.
    """
    idea = Idea.objects.select_related("author", "campaign").filter(pk=idea_id).first()
    if idea is None or idea.author is None or idea.campaign.support_own:
        return
    try:
        withdraw_support(voter=idea.author, idea=idea)
    except Refused:  # supports are closed
        return


@receives(COAUTHOR_ACCEPTED)
def take_back_support_of_coauthor(coauthor_id: int) -> None:
    """Somebody writes along now, so the idea is their own; said and done alike whether there was a support or not."""
    rows = CoAuthor.objects.select_related("person", "idea__campaign")
    row = rows.filter(pk=coauthor_id, state=CoAuthor.State.ACCEPTED, person__isnull=False).first()
    if row is None or row.person is None or row.idea.campaign.support_own:
        return
    with suppress(Refused):  # supports are closed
        withdraw_support(voter=row.person, idea=row.idea)
