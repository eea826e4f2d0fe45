"""Measures about a person, in steps (DSA, Art. 23): hint, warning, pause of writing, block. Each rests on a decision."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.database import now
from moderation.models.decision import Decision


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Measures by whether they hold."""

    def in_force(self) -> "SanctionQuerySet":
        """Return what holds now, by the database's clock: nobody has to end a measure whose time is over."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now()), lifted_at=None)

    def stops(self) -> "SanctionQuerySet":
        """Return what keeps somebody from writing now, the longest first."""
        found = self.in_force().filter(step__in=Sanction.STOPPING)
        return found.order_by(models.F("ends_at").desc(nulls_first=True), "-pk")


class Sanction(models.Model):
    """One step. A pause or a block needs a warning in force, or manifestly illegal content; a trigger sees to it."""

    class Step(models.TextChoices):
        HINT = "advise", _("hint")
        WARNING = "warn", _("warning")
        PAUSE = "pause", _("pause of writing")
        BLOCK = "block", _("block")

    STOPPING = (Step.PAUSE, Step.BLOCK)

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    step = models.CharField(_("step"), max_length=6, choices=Step)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="sanction")
    starts_at = models.DateTimeField(_("since"))
    ends_at = models.DateTimeField(_("until"), null=True)
    # The warning that came before; or the content was manifestly illegal, and somebody has said so.
    after_warning = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    is_manifest = models.BooleanField(_("manifestly illegal"), default=False)
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("measure"), _("measures")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(step__in=("warn", "pause")) | Q(ends_at__isnull=False), name="sanction_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(step__in=("pause", "block")) | Q(is_manifest=True) | Q(after_warning__isnull=False),
                name="sanction_after_a_warning",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person"], condition=Q(lifted_at=None), name="sanction_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}: {self.person}"

    @property
    def holds(self) -> bool:
        """Whether it is in force at this moment, by the database's clock."""
        return self.lifted_at is None and (self.ends_at is None or self.ends_at > now())
