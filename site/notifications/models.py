"""What a person is told: in the account at once, by mail soon after, each thing once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed


class ShownMessages(models.Manager["Message"]):
    """Messages that may be read: not those about what is hidden from others at the moment."""

    def get_queryset(self) -> models.QuerySet["Message"]:
        return super().get_queryset().filter(taken_back_at=None)


class Message(Mailed):
    """A message in somebody's account. ``key`` names the occasion; the same occasion is told once."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Receipts: we have received your idea")
        PUBLISHED = "published", _("Your contribution is public")
        DECISION = "decision", _("Decisions of the moderation, with reasons")
        COMMENT = "comment", _("Comments on your ideas")
        MENTION = "mention", _("Comments that speak to you by name")
        ANSWER = "answer", _("Answers of the town")
        MERGE = "merge", _("Merges of ideas you support or have written")
        CHANGE = "change", _("Changes of ideas you support")
        TOGETHER = "together", _("Writing together, and ideas you have commented on that are withdrawn")

    # The law wants these told in any case.
    ALWAYS = (Kind.DECISION,)
    # These wait a little, so that a lively discussion is one mail and not twenty.
    GATHERED = (Kind.COMMENT, Kind.MENTION)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=Kind)
    # What it is about: the moderation's words for kinds (idea, comment), "decision" or "answer", and the id.
    about_kind = models.CharField(max_length=20)
    about_id = models.BigIntegerField()
    idea_id_copy = models.BigIntegerField(null=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    mail_due = models.BooleanField(default=True)
    # Gathered messages that go out in one mail carry the id of the first of them.
    batch = models.BigIntegerField(null=True)
    # What it is about is hidden from this person: neither read nor sent, until it is shown again.
    taken_back_at = models.DateTimeField(null=True, editable=False)

    objects = ShownMessages()
    everything = models.Manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="message_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="message_of_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=["idea_id_copy"], name="message_about_idea"),
            models.Index(fields=["created_at"], condition=Q(mail_due=True, mailed_at=None), name="message_to_mail"),
        ]

    def __str__(self) -> str:
        return self.subject


class MailChoice(models.Model):
    """Which kinds of messages a person does not want by mail; they stand in the account all the same."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choice")
    muted = models.JSONField(default=list)

    def __str__(self) -> str:
        return ", ".join(self.muted)
