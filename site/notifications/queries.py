"""What can be asked: a person's messages, newest first, and how many are new."""

from dataclasses import dataclass

from django.db.models import Value
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Refused
from notifications.models import MailChoice, Message
from voting.queries.notices import unread_notices

PAGE = 20
LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class MessagePage:
    """Some messages, and where older and newer ones begin."""

    messages: list[Message]
    older: int | None
    is_first: bool


def page_of_messages(person: User, after: str = "") -> MessagePage:
    """Return messages older than the cursor ``after``; raises ``Refused`` (400) for a cursor that is none."""
    rows = Message.objects.filter(person=person).order_by("-pk")
    if after:
        if not (after.isascii() and after.isdigit() and int(after) <= LARGEST_ID):
            raise Refused(_("This address of a list page is not right."), code="bad_cursor", status=400)
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    return MessagePage(shown, shown[-1].pk if len(found) > PAGE else None, not after)


def unread_count(person: User) -> int:
    """Return how many messages are new, those to a supporter among them, in one statement."""
    new = Message.objects.filter(person=person, read_at=None).order_by()
    return new.values_list(Value(1)).union(unread_notices(person).values_list(Value(1)), all=True).count()


def recent_messages(person: User, limit: int = 3) -> list[Message]:
    """Return the newest messages."""
    return list(Message.objects.filter(person=person).order_by("-pk")[:limit])


@dataclass(frozen=True)
class MailOption:
    """A kind of message that can go out by mail, and whether the person wants it."""

    kind: str
    label: str
    wanted: bool


def mail_options(person: User) -> list[MailOption]:
    """Return what a person can choose about mails."""
    choice = MailChoice.objects.filter(person=person).first()
    muted = choice.muted if choice else []
    kinds = [kind for kind in Message.Kind if kind not in Message.ALWAYS]
    return [MailOption(kind.value, str(kind.label), kind.value not in muted) for kind in kinds]
