"""How papers of the closed room plug into moderation: for members, and for moderators who are members themselves.

Drafts and discussion are ideas and comments of the room's campaign and plug in there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.actions.papers import hide_paper, restore_paper
from boards.models import Paper
from common.errors import Refused
from moderation.registry import Moderated, Snapshot, moderates

PUBLIC, HIDDEN = "public", "hidden"


@moderates("board_paper")
class ModeratedPaper(Moderated):
    """Decisions on one paper: it stays, or it is hidden from the other members."""

    label, yours = gettext_lazy("Paper"), gettext_lazy("your paper")
    preview_template = "boards/parts/moderated_paper.html"
    is_contribution = False
    decisions: Mapping[str, tuple[str, ...]] = {PUBLIC: ("approve", "hide"), HIDDEN: ("restore",)}

    def describe(self, object_id: int) -> Snapshot | None:
        paper = Paper.objects.select_related("room__campaign", "uploader").filter(pk=object_id).first()
        if paper is None:
            return None
        return Snapshot(
            title=paper.title, excerpt=paper.name, author_id=paper.uploader_id,
            author_name=paper.uploader.display_name if paper.uploader else "",
            campaign_id=paper.room.campaign_id, campaign_title=paper.room.campaign.title, version=1,
            state=state_of(paper), url=paper.get_absolute_url(),
        )  # fmt: skip

    def evidence(self, object_id: int) -> list[tuple[str, bytes]]:
        return [*super().evidence(object_id), *file_of(Paper.objects.get(pk=object_id))]

    def preview(self, object_id: int, version: int) -> dict[str, Any]:
        return {"subject": Paper.objects.select_related("uploader", "meeting").get(pk=object_id)}

    def apply(self, decision: str, object_id: int, version: int) -> tuple[str, str]:
        before = state_of(Paper.objects.get(pk=object_id))
        if decision not in self.decisions[before]:
            raise Refused(_("This decision does not fit here."), code="wrong_decision", status=409)
        if decision != "approve":
            (hide_paper if decision == "hide" else restore_paper)(object_id)
        return before, state_of(Paper.objects.get(pk=object_id))

    def states(self, object_ids: Iterable[int]) -> dict[int, str]:
        return {paper.pk: state_of(paper) for paper in Paper.objects.filter(pk__in=list(object_ids))}

    def reportable(self, object_id: int, user: Any) -> Model | None:
        """A paper can be reported by whoever gets it: members of the room, while it is not hidden."""
        return Paper.objects.visible_to(user).filter(pk=object_id, hidden_at=None).first()

    def wrote(self, person_id: int, user: Any) -> bool:
        return Paper.objects.visible_to(user).filter(uploader=person_id).exists()


def state_of(paper: Paper) -> str:
    """Return the state of a paper in moderation's words."""
    return HIDDEN if paper.hidden_at else PUBLIC


def file_of(paper: Paper) -> list[tuple[str, bytes]]:
    """Return the file under its key, if it is still there."""
    name = str(paper.file.name)
    if not default_storage.exists(name):
        return []
    with default_storage.open(name) as handle:
        return [(f"papers/{paper.key.hex}.{paper.kind}", handle.read())]
