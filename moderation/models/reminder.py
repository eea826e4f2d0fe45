"""That somebody was reminded of a case that waits: each stage once, all that is due at a time in one mail."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from common.mail import Mailed
from moderation.models.case import Case


class ReminderMail(Mailed):
    """One mail to one person; what it says is looked up when it goes out."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.person)


class Reminder(models.Model):
    """A case that a person was reminded of because it had waited so long."""

    class Stage(models.TextChoices):
        FIRST = "first", _("waits for a day")
        SECOND = "second", _("waits for three days")
        COMPLAINT = "complaint", _("complaint is due")

    mail = models.ForeignKey(ReminderMail, models.CASCADE, related_name="reminders")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stage = models.CharField(max_length=9, choices=Stage)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "person", "stage"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_stage_display()}"
