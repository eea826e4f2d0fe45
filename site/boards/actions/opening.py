"""Opening the board's closed room: a closed campaign of its own."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from boards.models import BoardPage, Room
from cms.models import CampaignIndexPage, CampaignPage
from common.database import now
from common.errors import Refused
from ideas.models import Campaign, Phase

YEARS = 5
SLUG = "beirat-intern"


@transaction.atomic
def open_room(board: BoardPage) -> Room:
    """Make the room with nobody in it; editors invite the first host. Raises ``Refused`` when there is one already."""
    BoardPage.objects.select_for_update(of=("self",)).get(pk=board.pk)
    index = CampaignIndexPage.objects.first()
    if Room.objects.filter(board=board).exists() or index is None:
        raise Refused(_("The room is open already."), code="open", status=409)
    campaign = Campaign.objects.create(
        title=_("%(board)s: among ourselves") % {"board": board.title[:90]},
        slug=_free_slug(),
        summary=_("The closed room of the advisory board."),
        audience=Campaign.Audience.MEMBERS,
        check_ideas=Campaign.Check.AFTER,
    )
    moment = now()
    Phase.objects.create(
        campaign=campaign, kind=Phase.Kind.COLLECT, title=_("Working together"), opens_at=moment,
        closes_at=moment + timedelta(days=365 * YEARS), allows_ideas=True, allows_comments=True,
    )  # fmt: skip
    page = CampaignPage(title=campaign.title, campaign=campaign)
    index.add_child(instance=page)
    page.save_revision().publish()
    return Room.objects.create(board=board, campaign=campaign)


def _free_slug() -> str:
    taken = set(Campaign.objects.filter(slug__startswith=SLUG).values_list("slug", flat=True))
    return next(slug for slug in (SLUG, *(f"{SLUG}-{number}" for number in range(2, 1000))) if slug not in taken)
