"""Writing to the contact point, with or without an account, and answering (DSA, Art. 11 and 12)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from common.database import now
from common.errors import Refused
from common.events import announce
from common.mail import compose, send_once
from moderation import rules
from moderation.actions.cases import free_for, log_event, open_case
from moderation.actions.pace import MESSAGES, Sender, admit
from moderation.models import Case, CaseEvent, ContactMail, ContactMessage
from moderation.queries import why_not

#: after its answer a message stays for so long, for questions about it; then it is deleted with its case
KEPT = timedelta(days=365)


def write_message(
    *,
    topic: str,
    text: str,
    name: str = "",
    email: str = "",
    by_mail: bool = False,
    person: User | None = None,
    campaign: tuple[int, str] | None = None,
    request_key: UUID | None = None,
    sender: Sender | None = None,
) -> ContactMessage:
    """Keep a message and let it wait in the queue; ``campaign`` (number, title) brings it to whoever moderates there.

    The same form sent twice is one message. ``sender``: counted against the limits of an hour. Nobody is kept from it: who
    is paused or blocked reaches people here. Raises ``Refused`` (429) for too many.
    """
    if sent := of_form(request_key):
        return sent
    if sender is not None:
        admit(sender, MESSAGES)
    number, title = campaign or (None, "")
    try:
        with transaction.atomic():
            message = ContactMessage.objects.create(
                code=rules.new_code(), topic=topic, text=text, name=name, email=email, by_mail=by_mail, sender=person,
                campaign_id_copy=number, campaign_title=title[:120], request_key=request_key,
            )  # fmt: skip
            open_case(Case.CONTACT_KIND, message.pk, reason=Case.Reason.CONTACT, is_first=True)
            write_mail(message, ContactMail.Kind.RECEIPT)
    except IntegrityError:
        if sent := of_form(request_key):
            return sent
        raise
    return message


def of_form(request_key: UUID | None) -> ContactMessage | None:
    """Return the message that came from that form already."""
    return ContactMessage.objects.filter(request_key=request_key).first() if request_key else None


@transaction.atomic
def answer_message(*, message_id: int, version: int | None, actor: User, answer: str) -> ContactMessage:
    """Answer a message; its case is closed. It is no decision about anybody's contribution, so the record says nothing of it.

    Raises ``Refused``: 403 without the right, 404, 409 when somebody was faster or has taken it, 422 without words.
    """
    rules.require_moderator(actor)
    seen = rules.require_version(version)
    mine = Case.objects.visible_to(actor).filter(kind=Case.CONTACT_KIND, object_id=message_id)
    case = mine.order_by("-pk").first()
    if case is None:
        raise Refused(_("There is no such message."), code="missing", status=404)
    if not answer.strip():
        raise Refused(_("Please write an answer."), code="no_answer", status=422, field="answer")
    rows = Case.objects.filter(free_for(actor), pk=case.pk, version=seen, state=Case.State.OPEN)
    if not rows.update(state=Case.State.CLOSED, version=F("version") + 1, claimed_by=None, claimed_until=None):
        raise why_not_answered(case.pk, actor)
    with translation.override(settings.LANGUAGE_CODE):
        log_event(case, CaseEvent.Kind.CLOSED, actor, _("answered"))
    values = {"answer": answer.strip(), "answered_by": actor, "answered_at": now()}
    ContactMessage.objects.filter(pk=message_id).update(**values)
    message = ContactMessage.objects.select_related("sender").get(pk=message_id)
    write_mail(message, ContactMail.Kind.ANSWER)
    return message


def why_not_answered(case_id: int, actor: User) -> Refused:
    """Return what happened to a message that could not be answered, and through whom."""
    if Case.objects.filter(pk=case_id, state=Case.State.CLOSED).exists():
        return Refused(_("Somebody has answered this message already."), code="answered", status=409)
    return why_not(case_id, actor)


def write_mail(message: ContactMessage, kind: str) -> None:
    """Let a mail go out, once, if mail is wanted and there is an address."""
    if not address_of(message):
        return
    mail, is_new = ContactMail.objects.get_or_create(message=message, kind=kind)
    if is_new:
        announce("contact_mail_written", mail_id=mail.pk)


def address_of(message: ContactMessage) -> str:
    """Return where the answer goes by mail, or nothing."""
    if not message.by_mail:
        return ""
    return message.email or (message.sender.email if message.sender and message.sender.is_active else "")


def send_contact_mail(mail_id: int) -> None:
    """Send the mail unless it went out already; raises what the mail server's refusal raises, to be tried again."""
    rows = ContactMail.objects.filter(pk=mail_id)
    mail = rows.select_related("message__sender").filter(mailed_at=None).first()
    if mail is None or not (to := address_of(mail.message)):
        return
    with translation.override(settings.LANGUAGE_CODE):
        is_answer = mail.kind == ContactMail.Kind.ANSWER
        subject = _("The answer to your message") if is_answer else _("We have your message")
        url = settings.SITE_URL + reverse("moderation:contact_receipt", args=[mail.message.code])
        said = {"mail": mail, "message": mail.message, "is_answer": is_answer, "url": url}
        text = render_to_string("moderation/contact_mail.txt", said)
    letter = compose(to=to, subject=subject, text=text, message_id=f"contact-{mail.pk}")
    send_once(rows, lambda: letter)


@transaction.atomic
def forget_answered() -> int:
    """Delete messages answered a year ago, with their cases; return how many."""
    old = list(ContactMessage.objects.filter(answered_at__lt=now() - KEPT).values_list("pk", flat=True)[:500])
    Case.objects.filter(kind=Case.CONTACT_KIND, object_id__in=old).exclude(state=Case.State.OPEN).delete()
    ContactMessage.objects.filter(pk__in=old).delete()
    return len(old)
