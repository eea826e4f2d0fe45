"""Polls: asked, answered once by each member, ended by the database's clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from boards.models import Poll, PollOption, Voice
from boards.rules import nothing_here, require_host, require_inside
from common.database import now
from common.errors import Refused

if TYPE_CHECKING:
    from accounts.models import User

FEWEST, MOST = 2, 10
MOST_OPEN = 20
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=120)


@transaction.atomic
def open_poll(
    *,
    person: "User",
    room_id: int,
    question: str,
    text: str,
    options: Sequence[str],
    is_secret: bool,
    closes_at: datetime,
) -> Poll:
    """Ask the members something. Raises ``Refused`` for too few answers, equal ones, or an end that makes no sense."""
    require_inside(person, room_id)
    moment = now()
    if not FEWEST <= len(options) <= MOST or len({option.casefold() for option in options}) < len(options):
        message = _("Please give two to ten answers, each on a line of its own and each only once.")
        raise Refused(message, code="options", status=422, field="options")
    if not moment + SHORTEST <= closes_at <= moment + LONGEST:
        message = _("The poll must end in five minutes at the earliest and in 120 days at the latest.")
        raise Refused(message, code="end", status=422, field="closes_at")
    if Poll.objects.filter(room=room_id, cancelled_at=None, closes_at__gt=moment).count() >= MOST_OPEN:
        raise Refused(_("There are too many open polls. Please wait until one ends."), code="too_many", status=409)
    poll = Poll.objects.create(
        room_id=room_id,
        question=question,
        text=text,
        is_secret=is_secret,
        opened_at=moment,
        closes_at=closes_at,
        author=person,
    )
    PollOption.objects.bulk_create(
        PollOption(poll=poll, text=option, position=place) for place, option in enumerate(options)
    )
    return poll


@transaction.atomic
def give_voice(*, person: "User", poll_id: int, option_id: int) -> None:
    """Count the person's voice; in an open poll it can be changed until the end, in a secret one nobody knows it any more.

    Raises ``Refused``: 404 for who is no member, 409 after the end or for a second secret voice, 422 for no answer.
    """
    poll = Poll.objects.visible_to(person).select_for_update(of=("self",)).filter(pk=poll_id).first()
    if poll is None:
        raise nothing_here()
    require_inside(person, poll.room_id)
    if not poll.is_open(now()):
        raise Refused(_("This poll has ended."), code="closed", status=409)
    option = poll.options.filter(pk=option_id).first()
    if option is None:
        raise Refused(_("Please choose one of the answers."), code="option", status=422, field="option")
    if poll.is_secret:
        _count_secretly(poll, person, option)
    else:
        Voice.objects.update_or_create(poll=poll, person=person, defaults={"option": option})


def _count_secretly(poll: Poll, person: "User", option: PollOption) -> None:
    try:
        with transaction.atomic():
            Voice.objects.create(poll=poll, person=person)
    except IntegrityError as error:
        message = _("You have voted already. In a secret poll a voice cannot be changed.")
        raise Refused(message, code="voted", status=409) from error
    PollOption.objects.filter(pk=option.pk).update(secret_count=F("secret_count") + 1)


@transaction.atomic
def cancel_poll(*, person: "User", poll_id: int) -> None:
    """Call a poll off before its end: then there is no result. Its author can do this, and hosts."""
    poll = Poll.objects.visible_to(person).filter(pk=poll_id).first()
    if poll is None:
        raise nothing_here()
    if poll.author_id == person.pk:
        require_inside(person, poll.room_id)
    else:
        require_host(person, poll.room_id)
    moment = now()
    # By the row and the clock at once: what has ended keeps its result.
    if not Poll.objects.filter(pk=poll.pk, cancelled_at=None, closes_at__gt=moment).update(cancelled_at=moment):
        raise Refused(_("This poll has ended."), code="closed", status=409)
