"""What happens to supports when something has happened to an idea."""

from common.errors import Refused
from common.events import receives
from ideas.events import IDEA_CLAIMED
from ideas.models import Idea
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
