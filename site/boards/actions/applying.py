"""Applications to join the board: sent without an account, answered by an invitation or a refusal, deleted on a stated day."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import post_mail
from boards.models import Application, BoardPage, Room
from boards.queries.body import seeks_members
from common.buckets import Rate
from common.database import now
from common.errors import Refused
from ideas.actions.grouping import invite_member
from moderation.actions.pace import Sender, admit
from moderation.rules import new_code
from theme import dates

if TYPE_CHECKING:
    from accounts.models import User

APPLICATIONS = Rate("board-applications", most=10)
#: an application is kept for so many days, and for so many once it is answered
KEPT, KEPT_ANSWERED = 180, 30
DAY = timedelta(days=1)


def apply(
    *, board: BoardPage, name: str, email: str, why: str, request_key: UUID | None = None, sender: Sender | None = None
) -> Application:
    """Keep an application for the office and write a receipt. The same form sent twice is one application.

    ``sender``: counted against the limits of an hour. Raises ``Refused``: 409 when nobody is looked for, 429 for too many.
    """
    if sent := of_form(request_key):
        return sent
    if not seeks_members(board, timezone.localdate()):
        raise Refused(_("The time to apply is over."), code="over", status=409)
    if sender is not None:
        admit(sender, APPLICATIONS)
    try:
        with transaction.atomic():
            return _keep(board, name, email, why, request_key)
    except IntegrityError:
        if sent := of_form(request_key):
            return sent
        raise


def of_form(request_key: UUID | None) -> Application | None:
    """Return the application that came from that form already."""
    return Application.objects.filter(request_key=request_key).first() if request_key else None


def _keep(board: BoardPage, name: str, email: str, why: str, request_key: UUID | None) -> Application:
    moment = now()
    # Anybody can type anybody's address: it gets one receipt a day, in which nothing is that somebody typed.
    wrote_today = Application.objects.filter(email__iexact=email, sent_at__gt=moment - DAY).exists()
    made = Application.objects.create(
        board=board, code=new_code(), name=name, email=email, why=why, sent_at=moment, request_key=request_key,
        delete_on=timezone.localdate() + timedelta(days=KEPT),
    )  # fmt: skip
    if not wrote_today:
        post_mail(to=email, subject=_("We have your application"), text=receipt(made))
    return made


def receipt(application: Application) -> str:
    """Return the words of the receipt."""
    words = _(
        "Somebody applied with this address to join the advisory board. The office reads it and writes to you.\n\n"
        "Here you see what you sent, and can take it back:\n%(address)s\n\n"
        "It is deleted on %(day)s at the latest. If it was not you, take it back there, or do nothing."
    )
    address = settings.SITE_URL + reverse("boards:application", args=[application.code])
    return words % {"address": address, "day": dates.short_day(application.delete_on)}


def take_back(code: str) -> None:
    """Delete an application at once, by whoever has its code; nothing of it stays."""
    Application.objects.filter(code=code).delete()


@transaction.atomic
def accept(*, application_id: int, by: "User") -> None:
    """Invite the applicant into the closed room. Raises ``Refused``: 403, 404, 409 answered already or no room yet."""
    found = _answer(application_id, by, Application.State.INVITED)
    room = Room.objects.filter(board=found.board_id).select_related("campaign").first()
    if room is None:
        raise Refused(_("First open the closed room: the invitation leads there."), code="no_room", status=409)
    invite_member(campaign=room.campaign, by=by, email=found.email)


@transaction.atomic
def decline(*, application_id: int, by: "User") -> None:
    """Tell the applicant that it did not work out this time. Raises ``Refused``: 404, 409 answered already."""
    found = _answer(application_id, by, Application.State.DECLINED)
    words = _(
        "Thank you for wanting to join the advisory board. This time others were chosen for the free seats.\n\n"
        "What you sent us is deleted on %(day)s. You can listen at any public meeting, and bring ideas at any time:\n%(address)s"
    )
    said = {"day": dates.short_day(found.delete_on), "address": settings.SITE_URL + found.board.get_absolute_url()}
    post_mail(to=found.email, subject=_("Your application to the advisory board"), text=words % said)


def _answer(application_id: int, by: "User", state: str) -> Application:
    found = Application.objects.select_related("board").filter(pk=application_id).first()
    if found is None:
        raise Refused(_("This application is gone: it was taken back, or deleted in time."), code="gone", status=404)
    found.delete_on = min(found.delete_on, timezone.localdate() + timedelta(days=KEPT_ANSWERED))
    # By the row: of two who answer at the same moment one writes the mail.
    rows = Application.objects.filter(pk=found.pk, state=Application.State.OPEN)
    if not rows.update(state=state, decided_at=now(), decided_by=by, delete_on=found.delete_on):
        raise Refused(_("Somebody has answered this application already."), code="answered", status=409)
    return found


def forget_applications() -> int:
    """Delete applications whose day has come; return how many."""
    return Application.objects.filter(delete_on__lte=timezone.localdate()).delete()[0]
