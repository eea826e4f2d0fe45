"""A complaint against a decision (DSA, Art. 20): another person than the first one decides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.models.decision import Decision
from moderation.models.report import Report


class Complaint(models.Model):
    """Why somebody thinks a decision was wrong, and what a second person said to that."""

    class Outcome(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "Open")
        UPHELD = "upheld", _("The decision stands")
        OVERTURNED = "overturned", _("The decision was changed")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="complaints")
    # Set when not the author complains, but somebody whose report changed nothing.
    report = models.OneToOneField(Report, models.PROTECT, null=True, related_name="complaint")
    # A copy, so that the database itself can refuse a decision by the same person.
    first_actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("complaint"), max_length=8000)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    # The second person's own entry in the record.
    second_decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="answers_complaint")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("complaint"), _("complaints")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision"], condition=Q(report__isnull=True), name="complaint_once"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("first_actor")),
                name="complaint_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open") | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(answer="")),
                name="complaint_outcome_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.decision.subject_title}"
