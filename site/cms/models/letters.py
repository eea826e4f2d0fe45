"""Messages to contacts from the form on their page; kept for thirty days, and sent by mail to those who read there."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed

#: so long its receipt can be opened; the office has it in its mailbox by then
KEPT = timedelta(days=30)


class Letter(models.Model):
    """What somebody wrote to a contact; it belongs to no account, also when an account wrote it."""

    code = models.CharField(max_length=32, unique=True)
    # As the contact was called then; it may be gone tomorrow.
    contact_name = models.CharField(max_length=250)
    deputy_name = models.CharField(max_length=250, blank=True)
    subject = models.CharField(max_length=120)
    text = models.TextField(max_length=8000)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    # The form it came from: sent twice, it is one letter.
    request_key = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("message to a contact"), _("messages to contacts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request_key"], condition=Q(request_key__isnull=False), name="cms_letter_form_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject


class LetterMail(Mailed):
    """One mail with the message; the address is the one that held when it was written."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("to the contact")
        DEPUTY = "deputy", _("to the deputy")
        COPY = "copy", _("copy for the sender")
        LINK = "link", _("link for the sender")

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=6, choices=Kind)
    to = models.EmailField()

    class Meta:
        verbose_name, verbose_name_plural = _("mail with a message to a contact"), _("mails with messages to contacts")
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "kind"], name="cms_letter_mail_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.letter_id}"
