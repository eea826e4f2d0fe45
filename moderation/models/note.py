"""Notes of the moderation team among themselves, on a case or on a person; never part of a letter or of the record."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from moderation.models.case import Case


class Note(models.Model):
    """A few words. The person it is about may ask for them (GDPR, Art. 15): so write facts."""

    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="notes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notes_about")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("note"), _("notes")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case__isnull=True, person__isnull=False) | Q(case__isnull=False, person__isnull=True),
                name="note_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
