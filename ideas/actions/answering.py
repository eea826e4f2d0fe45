"""The town answers."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from common.database import now
from common.errors import Refused
from common.events import announce
from ideas.events import ANSWER_PUBLISHED
from ideas.models import Idea, OfficialAnswer
from ideas.rules import may_answer
from search.actions import touch

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def publish_answer(
    *, idea: Idea, author: "User", text: str, progress: str, office: str = "", signed_by: str = "", measure: str = ""
) -> OfficialAnswer:
    """Publish an office's answer and move the idea's progress with it. The office is the person's, given by role."""
    idea = Idea.objects.select_for_update().get(pk=idea.pk)
    if not may_answer(author, idea):
        raise Refused(_("You cannot answer this idea for the town."), code="not_allowed", status=403)
    answer = OfficialAnswer.objects.create(
        idea=idea,
        author=author,
        office=office or author.office or _("Town administration"),
        signed_by=signed_by,
        text=text,
        progress=progress,
        measure=measure,
        published_at=now(),
    )
    idea.progress = progress
    idea.save(update_fields=["progress"])
    touch("answer", answer.pk)
    touch("idea", idea.pk)
    announce(ANSWER_PUBLISHED, answer_id=answer.pk)
    return answer
