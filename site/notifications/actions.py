"""What can happen with messages: tell, read, choose, take back."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from common.events import announce
from ideas.models import Comment
from notifications.models import MailChoice, Message
from notifications.rules import wants_mail
from voting.queries.notices import own_notices

ABOUT_A_COMMENT = (Message.Kind.COMMENT, Message.Kind.MENTION)


@transaction.atomic
def tell(
    *,
    person: User,
    kind: str,
    key: str,
    subject: str,
    text: str,
    url: str,
    about: tuple[str, int],
    idea_id: int | None = None,
) -> Message:
    """Put a message into somebody's account, once for ``key``; the mail follows by the outbox."""
    message, is_new = Message.everything.get_or_create(
        person=person,
        key=key,
        defaults={
            "kind": kind,
            "subject": subject[:200],
            "text": text,
            "url": url,
            "about_kind": about[0],
            "about_id": about[1],
            "idea_id_copy": idea_id,
            "mail_due": wants_mail(person, kind),
        },
    )
    if is_new and message.mail_due and kind not in Message.GATHERED:
        announce("message_written", message_id=message.pk)
    return message


def mark_read(*, person: User, message_id: int | None = None) -> int:
    """Mark one message, or all, as read; return how many were new."""
    rows = Message.objects.filter(person=person, read_at=None)
    if message_id is not None:
        rows = rows.filter(pk=message_id)
    else:
        own_notices(person).filter(is_read=False).update(is_read=True)
    return rows.update(read_at=timezone.now())


def choose_mails(*, person: User, wanted: Iterable[str]) -> None:
    """Keep which kinds of messages go out by mail; the others stand in the account only."""
    kept = set(wanted)
    muted = [kind for kind in Message.Kind.values if kind not in kept and kind not in Message.ALWAYS]
    MailChoice.objects.update_or_create(person=person, defaults={"muted": muted})


def take_back(*, idea_id: int, except_for: Iterable[int]) -> None:
    """Take back what others were told about an idea that is hidden now; those who write it keep all of it."""
    told = Message.objects.filter(idea_id_copy=idea_id).exclude(person_id__in=list(except_for))
    told.update(taken_back_at=timezone.now())


def give_back(*, idea_id: int) -> None:
    """Let people read again what they were told about an idea, now that it is shown again; not about comments still hidden."""
    away = Message.everything.filter(idea_id_copy=idea_id).exclude(taken_back_at=None)
    hidden = Comment.objects.filter(idea=idea_id).exclude(state=Comment.State.PUBLIC).values("pk")
    away.exclude(kind__in=ABOUT_A_COMMENT, about_kind="comment", about_id__in=hidden).update(taken_back_at=None)


def told_of_comment(comment_id: int) -> QuerySet[Message]:
    """Return what was told about a comment (not to its author: they got a letter)."""
    return Message.everything.filter(kind__in=ABOUT_A_COMMENT, about_kind="comment", about_id=comment_id)


def take_back_comment(comment_id: int) -> None:
    """Take back what was told about a comment that is hidden."""
    told_of_comment(comment_id).filter(taken_back_at=None).update(taken_back_at=timezone.now())


def give_back_comment(comment_id: int) -> None:
    """Let people read again that it was written."""
    told_of_comment(comment_id).update(taken_back_at=None)


def forget_comment(comment_id: int) -> None:
    """Remove what was told about a comment that is deleted."""
    told_of_comment(comment_id).delete()
