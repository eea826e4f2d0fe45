"""What somebody writes to the contact point (DSA, Art. 11 and 12), and what a person of the town answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed
from moderation.models.case import Case


class ContactMessage(models.Model):
    """A message, with or without an account; it waits as a case of its own, in the one queue."""

    class Topic(models.TextChoices):
        QUESTION = "question", _("I have a question")
        PROBLEM = "problem", _("Something does not work")
        CONTENT = "content", _("Something here is not right")
        DATA = "data", _("It is about my data or my account")
        AUTHORITY = "authority", _("I write for an authority")
        OTHER = "other", _("Something else")

    code = models.CharField(max_length=32, unique=True)
    topic = models.CharField(_("what it is about"), max_length=9, choices=Topic)
    text = models.TextField(_("message"), max_length=8000)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    # Whether an answer is to come by mail; it stands on the page of the code in any case.
    by_mail = models.BooleanField(_("answer by mail"), default=False)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    campaign_id_copy = models.BigIntegerField(null=True)
    campaign_title = models.CharField(_("campaign"), max_length=120, blank=True)
    # The form it came from: sent twice, it is one message.
    request_key = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    answer = models.TextField(_("answer"), max_length=8000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("message to the contact point"), _("messages to the contact point")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request_key"], condition=Q(request_key__isnull=False), name="contact_form_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_topic_display()

    @property
    def case(self) -> Case:
        """Return the case as which it waits, or waited."""
        return Case.objects.filter(kind=Case.CONTACT_KIND, object_id=self.pk).latest("pk")


class ContactMail(Mailed):
    """One mail to whoever wrote; its words are made when it goes out."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("receipt")
        ANSWER = "answer", _("answer")

    message = models.ForeignKey(ContactMessage, models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=7, choices=Kind)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["message", "kind"], name="contact_mail_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.message}"
