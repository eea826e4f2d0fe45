"""„Veröffentlichen": a draft or the result of a poll leaves the room, as something public that says where it comes from."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from boards.models import Published, Recommendation, ResultPage, Room
from boards.models.page import TAKEN
from boards.rules import require_host
from common.errors import Refused
from ideas.actions import submit_idea
from ideas.content import TEXT_LONGEST, TEXT_SHORTEST, TITLE_LONGEST, TITLE_SHORTEST, IdeaContent, slug_for
from ideas.models import Campaign
from theme.markdown import as_html

if TYPE_CHECKING:
    from accounts.models import User

Target = Published.Target


@dataclass(frozen=True)
class Leaving:
    """What leaves the room: from where, as what, and in which words. Nothing else of the source goes along."""

    source: str
    source_id: int
    target: str
    title: str
    text: str
    origin: str
    campaign: Campaign | None = None


@transaction.atomic
def publish(*, person: "User", room: Room, leaving: Leaving) -> Published:
    """Make it public. Raises ``Refused``: 403 for who is no host, 409 when it was published so before, 422 for the words."""
    require_host(person, room.pk)
    try:
        with transaction.atomic():
            entry = Published.objects.create(
                room=room, source=leaving.source, source_id=leaving.source_id, target=leaving.target,
                title=leaving.title[:140], by=person,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("This was published already."), code="published", status=409) from error
    made = {Target.PAGE: _page, Target.RECOMMENDATION: _recommendation, Target.IDEA: _idea}[Target(leaving.target)]
    entry.target_id, entry.url = made(person, room, leaving, entry)
    entry.save(update_fields=["target_id", "url"])
    return entry


def _page(person: "User", room: Room, leaving: Leaving, entry: Published) -> tuple[int, str]:
    board = room.board
    board.refresh_from_db()
    page = ResultPage(title=leaving.title, slug=_slug(room, leaving.title), origin=leaving.origin, owner=person)
    page.body = [("text", str(as_html(leaving.text)))]  # type: ignore[assignment]
    waits = page.permissions_for_user(person).needs_second
    page.live = not waits
    board.add_child(instance=page)
    revision = page.save_revision(user=person)
    if not waits:
        revision.publish(user=person, skip_permission_checks=True)
    elif review := page.get_workflow():
        review.start(page, person)
    return page.pk, page.get_absolute_url()


def _slug(room: Room, title: str) -> str:
    wanted = slug_for(title)
    wanted = f"ergebnis-{wanted}" if wanted in TAKEN else wanted
    taken = set(room.board.get_children().values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, 1000))) if slug not in taken)


def _recommendation(person: "User", room: Room, leaving: Leaving, entry: Published) -> tuple[int, str]:
    row = Recommendation(board=room.board, title=leaving.title, text=leaving.text, origin=leaving.origin)
    row.decided_on = timezone.localdate()
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="words", status=422) from error
    row.save()
    return row.pk, row.get_absolute_url()


def _idea(person: "User", room: Room, leaving: Leaving, entry: Published) -> tuple[int, str]:
    words = f"{leaving.text}\n\n{leaving.origin}"
    if leaving.campaign is None or not leaving.campaign.is_public:
        raise Refused(_("Please choose a campaign."), code="campaign", status=422, field="campaign")
    if not TITLE_SHORTEST <= len(leaving.title) <= TITLE_LONGEST:
        message = _("The title of an idea has %(least)d to %(most)d characters.")
        raise Refused(
            message % {"least": TITLE_SHORTEST, "most": TITLE_LONGEST}, code="title", status=422, field="title"
        )
    if not TEXT_SHORTEST <= len(words) <= TEXT_LONGEST:
        most = TEXT_LONGEST - len(leaving.origin) - 2
        message = _("The text of an idea can have %(most)d characters here.") % {"most": most}
        raise Refused(message, code="text", status=422, field="text")
    content = IdeaContent(title=leaving.title, text=words)
    idea = submit_idea(author=person, campaign=leaving.campaign, content=content, request_key=f"board-{entry.pk}")
    return idea.pk, idea.get_absolute_url()
