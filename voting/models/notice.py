"""Telling supporters: who they are is computed anew each time, and never written down."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed
from ideas.models import Idea


class NoticeKind(models.TextChoices):
    """What supporters are told of."""

    MERGED = "merged", _("Merged: what is to happen with your support?")
    REMINDER = "reminder", _("Reminder of a merge")
    UNMERGED = "unmerged", _("A merge was undone")
    CHANGED = "changed", _("An idea was changed")
    REACHED = "reached", _("An idea has reached the number that obliges an answer")


class NoticeRound(models.Model):
    """One walk through all people, to find those who support an idea. ``cursor`` is the last person looked at."""

    kind = models.CharField(max_length=8, choices=NoticeKind)
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    # Of a merge its id, of a change the number of the version, else the number that was reached.
    number = models.PositiveBigIntegerField()
    cursor = models.BigIntegerField(default=0)
    # Mails of this walk that could not be handed over; another walk tries them again.
    failed = models.PositiveIntegerField(default=0)
    walks = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "idea", "number"], name="notice_round_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["next_at"], condition=Q(done_at=None), name="notice_round_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.idea_id}/{self.number}"


class SupporterNotice(Mailed):
    """That an unnamed supporter was told of something, once. Days instead of moments, and numbers without an order:

    a mail server's log beside this table must not tell which row is whose.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voter_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=NoticeKind)
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    number = models.PositiveBigIntegerField()
    told_on = models.DateField()
    is_read = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["voter_key", "kind", "idea", "number"], name="supporter_notice_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["voter_key"], condition=Q(is_read=False), name="supporter_notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.idea_id}/{self.number}"
