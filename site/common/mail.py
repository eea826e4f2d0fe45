"""One way for mail out: claim the rows, send, mark them – so that what was sent is not sent again, and nothing is lost.

Between the mail server's "taken" and our mark lies a moment that no order of steps can close. A process killed there
sends the same mail again after its claim has ended, under the same Message-ID, by which mailboxes know it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

CLAIM = timedelta(seconds=90)  # longer than the mail server's time limits, shorter than the outbox's lease


class Busy(Exception):
    """Another process is sending this; look again later."""


class Mailed(models.Model):
    """A row that goes out by mail, once. ``mailed_at`` is set when the mail server has taken it."""

    mail_claimed_until = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract: ClassVar = True


def compose(
    *, to: str, subject: str, text: str, message_id: str, html: str = "", leave_url: str = ""
) -> EmailMultiAlternatives:
    """Return a mail of this site: plain text, perhaps HTML beside it, a Message-ID that stays the same each time.

    With ``leave_url`` (a whole address) mail programs show a button that ends such mails by one click (RFC 8058).
    """
    headers = {
        "Message-ID": f"<{message_id}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    if leave_url:
        headers |= {"List-Unsubscribe": f"<{leave_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    mail = EmailMultiAlternatives(" ".join(subject.split()), text, to=[to], headers=headers)
    if html:
        mail.attach_alternative(html, "text/html")
    return mail


def send_once(rows: QuerySet[Any], make: Callable[[], EmailMultiAlternatives], **done: Any) -> bool:
    """Send one mail for ``rows`` unless it went out before; return whether it went now. ``done`` is set with the mark.

    Raises ``Busy`` while another process holds the claim, and whatever the mail server's refusal raises.
    """
    unsent, now = rows.filter(mailed_at=None), timezone.now()
    free = Q(mail_claimed_until=None) | Q(mail_claimed_until__lt=now)
    if not unsent.filter(free).update(mail_claimed_until=now + CLAIM):
        if unsent.exists():
            raise Busy
        return False
    try:
        make().send()
    except Exception:
        unsent.update(mail_claimed_until=None)
        raise
    unsent.update(mailed_at=timezone.now(), mail_claimed_until=None, **done)
    return True
