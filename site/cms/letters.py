"""Writing to a contact without ever reading its mail address: kept, sent by the outbox, shown by a receipt, forgotten."""

import secrets
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.models import Contact, Letter, LetterMail
from cms.models.letters import KEPT
from common import buckets
from common.buckets import Rate
from common.database import now
from common.events import announce
from common.mail import compose, send_once
from moderation.actions.pace import Sender, admit

LETTERS = Rate("letters", most=20)
#: to an address of which nobody has shown that it is theirs; more would make the form a way to bother others
LINKS = Rate("letter-links", most=3)
Kind = LetterMail.Kind


@dataclass(frozen=True)
class Words:
    """What was typed; ``wants_copy``: at ``email``."""

    subject: str
    text: str
    name: str = ""
    email: str = ""
    wants_copy: bool = False


def deputy_of(contact: Contact) -> Contact | None:
    """Return who gets the message as well today: the deputy of somebody who is away, if a mail reaches the deputy."""
    other = contact.stands_in
    return other if other and other.email and other.email != contact.email else None


def write_letter(*, contact: Contact, words: Words, sender: Sender, request_key: UUID | None = None) -> Letter:
    """Keep a message and let it go out; the same form sent twice is one message.

    Raises ``Refused`` (429) for too many in an hour.
    """
    if sent := of_form(request_key):
        return sent
    admit(sender, LETTERS)
    to_sender = mail_to_sender(words, sender)
    deputy = deputy_of(contact)
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                code=secrets.token_hex(16), contact_name=str(contact), deputy_name=str(deputy or ""), subject=words.subject,
                text=words.text, name=words.name, email=words.email, request_key=request_key,
            )  # fmt: skip
            write_mail(letter, Kind.OFFICE, contact.email)
            if deputy:
                write_mail(letter, Kind.DEPUTY, deputy.email)
            if to_sender:
                write_mail(letter, to_sender, words.email)
    except IntegrityError:
        if sent := of_form(request_key):
            return sent
        raise
    return letter


def of_form(request_key: UUID | None) -> Letter | None:
    """Return the message that came from that form already."""
    return Letter.objects.filter(request_key=request_key).first() if request_key else None


def mail_to_sender(words: Words, sender: Sender) -> LetterMail.Kind | None:
    """Return what the sender gets: the words, only at the address of the own account; else a link to them.

    Whoever types another person's address would else send that person any words in the town's name.
    """
    if not (words.wants_copy and words.email):
        return None
    if sender.person is not None and sender.person.email.lower() == words.email.lower():
        return Kind.COPY
    return None if buckets.take(LINKS, words.email.lower()) else Kind.LINK


def write_mail(letter: Letter, kind: LetterMail.Kind, to: str) -> None:
    """Let one mail go out, in the transaction of the message."""
    mail = LetterMail.objects.create(letter=letter, kind=kind, to=to)
    announce("letter_mail_written", mail_id=mail.pk)


def send(mail_id: int) -> bool:
    """Send one mail unless it went out; raises what the mail server's refusal raises, to be tried again."""
    rows = LetterMail.objects.filter(pk=mail_id)
    mail = rows.select_related("letter").filter(mailed_at=None).first()
    return mail is not None and send_once(rows, lambda: composed(mail))


def composed(mail: LetterMail) -> EmailMultiAlternatives:
    """Return the mail; an answer of the office goes to the sender straight away."""
    letter, to_town = mail.letter, mail.kind in (Kind.OFFICE, Kind.DEPUTY)
    with translation.override(settings.LANGUAGE_CODE):
        first = _("Message from the website: %(subject)s") if to_town else _("Your message: %(subject)s")
        subject = _("Your message") if mail.kind == Kind.LINK else first % {"subject": letter.subject}
        said = {"letter": letter, "mail": mail, "to_town": to_town, "url": url_of(letter), "site": settings.SITE_URL}
        text = render_to_string("cms/letter_mail.txt", said)
    made = compose(to=mail.to, subject=subject, text=text, message_id=f"letter-{mail.pk}")
    if to_town and letter.email:
        made.reply_to = [letter.email]
    return made


def url_of(letter: Letter) -> str:
    """Return the address of the receipt."""
    return f"{settings.SITE_URL}/kontakte/nachricht/{letter.code}/"


def forget_letters() -> int:
    """Delete messages of more than thirty days ago; return how many."""
    return Letter.objects.filter(created_at__lt=now() - KEPT).delete()[1].get("cms.Letter", 0)
