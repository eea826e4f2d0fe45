"""Moving an idea to another campaign, as long as nobody has supported it in the one it is in."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from common.errors import Refused
from common.events import announce
from ideas.actions.counting import change_idea_count
from ideas.actions.merging import hold
from ideas.actions.publishing import locked, touch_discussion
from ideas.events import IDEA_MOVED
from ideas.mergeable import require_movable
from ideas.models import Campaign, Idea
from ideas.registry import followers
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User


def move_idea(*, idea: Idea, campaign: Campaign, actor: "User") -> Idea:
    """Bring the idea into another campaign, with its discussion; its status, a word of the old campaign, is taken off."""
    try:
        return _move(idea, campaign)
    except IntegrityError as error:  # the number it had elsewhere is taken there
        words = _("The other campaign has an idea with the same number of an earlier dialogue.")
        raise Refused(words, code="unfit_target", field="target") from error


@transaction.atomic
def _move(idea: Idea, campaign: Campaign) -> Idea:
    hold(idea.campaign_id, campaign.pk)
    idea = locked(idea.pk)
    require_movable(idea, campaign)
    for follower in followers():
        follower.leave(idea)
    before = idea.campaign_id
    idea.campaign, idea.status = campaign, None
    idea.save(update_fields=["campaign", "status"])
    if idea.state == Idea.State.PUBLIC:
        change_idea_count(before, -1)
        change_idea_count(campaign.pk, +1)
        touch("idea", idea.pk)
        touch_discussion(idea)
    announce(IDEA_MOVED, idea_id=idea.pk)
    return idea
