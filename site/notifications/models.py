"""What a person is told: in the account at once, by mail soon after, each thing once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Message(models.Model):
    """A message in somebody's account. ``key`` names the occasion; the same occasion is told once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    # ``mailed_at`` is set when the mail server has taken it.
    mail_due = models.BooleanField(default=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="message_once")]
        indexes: ClassVar = [models.Index(fields=["person", "-id"], name="message_of_person")]

    def __str__(self) -> str:
        return self.subject
