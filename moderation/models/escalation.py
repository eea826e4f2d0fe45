"""A grave case for the authorities (DSA, Art. 18): one person proposes, another one confirms, and what was there is kept."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from moderation.models.case import Case


class Escalation(models.Model):
    """That a case is to be told to an authority: proposed by one person, confirmed or declined by another."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waits for a second person")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    case = models.ForeignKey(Case, models.PROTECT, related_name="escalations")
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PROPOSED)
    reason = models.TextField(_("reason"), max_length=4000)
    first = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    first_at = models.DateTimeField(db_default=Now())
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    answer = models.TextField(_("remark of the second person"), max_length=4000, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("grave case"), _("grave cases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=~Q(state="declined"), name="escalation_one_each"),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("first")), name="escalation_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", second__isnull=True, second_at__isnull=True)
                | (~Q(state="proposed") & Q(second__isnull=False, second_at__isnull=False)),
                name="escalation_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.get_state_display()}"


class EvidencePackage(models.Model):
    """What was there when the first person proposed it, packed; it lies in the database, so that backups hold it."""

    escalation = models.OneToOneField(Escalation, models.PROTECT, related_name="package")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.sha256
