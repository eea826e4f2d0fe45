"""Papers come into the room cleaned, and go with their file."""

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from boards.models import Meeting, Paper
from boards.rules import require_inside
from common.database import now
from common.errors import Refused
from ideas.files import CleanFile
from ideas.models import Member
from moderation.actions import close_case

if TYPE_CHECKING:
    from accounts.models import User

MOST = 500


@transaction.atomic
def add_paper(*, person: "User", room_id: int, clean: CleanFile, title: str, meeting: Meeting | None = None) -> Paper:
    """Keep a file that ``ideas.files.clean_file`` has written anew. Raises ``Refused`` when the room is full."""
    require_inside(person, room_id)
    if Paper.objects.filter(room=room_id).count() >= MOST:
        message = _("There are %(count)d papers already. Please delete some first.") % {"count": MOST}
        raise Refused(message, code="full", status=409)
    stem = clean.name.rpartition(".")[0]
    paper = Paper(room_id=room_id, meeting=meeting, title=(title or stem)[:140], uploader=person)
    paper.name, paper.kind, paper.size = clean.name, clean.kind, len(clean.data)
    paper.file.save("", ContentFile(clean.data), save=False)
    name = str(paper.file.name)
    try:
        paper.save()
    except Exception:
        default_storage.delete(name)
        raise
    return paper


@transaction.atomic
def delete_paper(*, person: "User", room_id: int, paper: Paper) -> None:
    """Delete a paper with its file: whoever brought it, or a host."""
    member = require_inside(person, room_id)
    if paper.uploader_id != person.pk and member.role != Member.Role.HOST:
        message = _("Only who brought a paper, or a host, can delete it.")
        raise Refused(message, code="not_yours", status=403)
    if paper.hidden_at:
        message = _("The moderation has hidden this paper. It cannot be deleted while that holds.")
        raise Refused(message, code="hidden", status=409)
    name = str(paper.file.name)
    Paper.objects.filter(pk=paper.pk, room=room_id).delete()
    close_case("board_paper", paper.pk)
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def hide_paper(paper_id: int) -> None:
    """Take a paper away from the members, in the transaction of the decision."""
    Paper.objects.filter(pk=paper_id, hidden_at=None).update(hidden_at=now())


def restore_paper(paper_id: int) -> None:
    """Give a hidden paper back to the members."""
    Paper.objects.filter(pk=paper_id).update(hidden_at=None)
