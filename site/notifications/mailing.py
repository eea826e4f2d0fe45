"""Messages go out by mail: one by one, or – comments on one idea – gathered into one mail."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Min
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common.events import announce
from common.mail import compose, send_once
from ideas.models import Idea
from notifications.models import Message
from notifications.rules import may_be_mailed
from theme.town import town_for

GATHER_FOR = timedelta(minutes=10)


def send_message(message_id: int) -> bool:
    """Send a message by mail unless it went out, is not wanted, or says what may not be said any more."""
    rows = Message.objects.filter(pk=message_id)
    message = rows.filter(mail_due=True, mailed_at=None).select_related("person").first()
    if message is None:
        return False
    if not may_be_mailed(message):
        rows.update(mail_due=False)
        return False
    return send_once(rows, lambda: mail_for([message], f"message-{message.pk}"))


def announce_gathered() -> None:
    """Say for whom messages have waited long enough to be sent together."""
    waiting = Message.objects.filter(
        kind__in=Message.GATHERED, mail_due=True, mailed_at=None, created_at__lt=timezone.now() - GATHER_FOR
    )
    with transaction.atomic():
        for person_id, idea_id in waiting.values_list("person_id", "idea_id_copy").distinct().order_by("person_id"):
            announce("messages_gathered", person_id=person_id, idea_id=idea_id or 0)


def send_gathered(person_id: int, idea_id: int) -> int:
    """Send what a person has not yet been mailed about an idea, in one mail; return how many mails went out.

    What goes into a mail is fixed before it is sent, so that a repeated sending is the same mail.
    """
    waiting = Message.objects.filter(
        person_id=person_id, idea_id_copy=idea_id, kind__in=Message.GATHERED, mail_due=True, mailed_at=None
    )
    first = waiting.filter(batch=None).aggregate(first=Min("pk"))["first"]
    if first is not None:
        waiting.filter(batch=None).update(batch=first)
    batches = waiting.order_by("batch").values_list("batch", flat=True).distinct()
    return sum(send_batch(batch) for batch in list(batches) if batch is not None)


def send_batch(batch: int) -> bool:
    """Send the messages of one batch that may still be told."""
    rows = Message.objects.filter(batch=batch)
    messages = list(rows.filter(mail_due=True, mailed_at=None).select_related("person").order_by("pk"))
    told = [message for message in messages if may_be_mailed(message)]
    rows.filter(pk__in={message.pk for message in messages} - {message.pk for message in told}).update(mail_due=False)
    if not told:
        return False
    return send_once(rows.filter(mail_due=True), lambda: mail_for(told, f"messages-{batch}"))


def mail_for(messages: list[Message], message_id: str) -> EmailMultiAlternatives:
    """Return the mail: plain text, and the same as simple HTML."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = subject_of(messages)
        said = {
            "subject": subject,
            "messages": messages,
            "person": messages[0].person,
            "town": town_for(None),
            "site_url": settings.SITE_URL,
            "always": messages[0].kind in Message.ALWAYS,
        }
        text, html = (render_to_string(f"notifications/mail.{ending}", said) for ending in ("txt", "html"))
        return compose(to=messages[0].person.email, subject=subject, text=text, html=html, message_id=message_id)


def subject_of(messages: list[Message]) -> str:
    """Return the subject of one message, or of several about one idea."""
    if len(messages) == 1:
        return messages[0].subject
    idea = Idea.objects.filter(pk=messages[0].idea_id_copy or 0).first()
    return _("%(count)d new comments on “%(idea)s”") % {"count": len(messages), "idea": idea.title if idea else ""}
