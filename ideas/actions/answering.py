"""The town answers."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.events import ANSWER_PUBLISHED
from ideas.models import CampaignStatus, Idea, OfficialAnswer
from ideas.rules import may_answer
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def publish_answer(
    *,
    idea: Idea,
    author: "User",
    text: str,
    progress: str = "",
    status: CampaignStatus | None = None,
    office: str = "",
    signed_by: str = "",
    measure: str = "",
) -> OfficialAnswer:
    """Publish an office's answer and move the idea's progress with it. The office is the person's, given by role.

    In a campaign with statuses of its own one of them is given; how far the idea has come follows from it.
    """
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if not may_answer(author, idea):
        raise Refused(_("You cannot answer this idea for the town."), code="not_allowed", status=403)
    if status is not None:
        if status.campaign_id != idea.campaign_id:
            raise Refused(_("This status belongs to another campaign."), code="wrong_status", field="result")
        progress = status.progress
    answer = OfficialAnswer.objects.create(
        idea=idea,
        author=author,
        office=office or author.office or _("Town administration"),
        signed_by=signed_by,
        text=text,
        progress=progress,
        status=status,
        measure=measure,
        published_at=now(),
    )
    idea.progress, idea.status = progress, status
    idea.save(update_fields=["progress", "status"])
    touch("answer", answer.pk)
    touch("idea", idea.pk)
    announce(ANSWER_PUBLISHED, answer_id=answer.pk)
    return answer
