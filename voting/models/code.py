"""One-time codes handed out on paper, and votes cast on paper. A code is kept as a keyed hash only."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas.models import Idea, Phase


class CodePackage(models.Model):
    """Codes made together for one phase, such as those of one school. Revoked, its unused codes are worth nothing."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    name = models.CharField(_("for whom"), max_length=120)
    number = models.PositiveIntegerField(_("number of codes"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(number__gt=0), name="code_package_not_empty")]

    def __str__(self) -> str:
        return self.name


class VotingCode(models.Model):
    """A code, by its hash: used once, in the transaction that stores the votes cast with it."""

    package = models.ForeignKey(CodePackage, models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=64, unique=True)
    # To the day: a time would tell which votes were cast with it.
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.code_hash[:8]


class PaperCount(models.Model):
    """A total from paper: typed in by one person, confirmed by another, counted and shown apart."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    # What was voted: 1 for support and projects; ±1 or stars otherwise.
    value = models.SmallIntegerField(default=1)
    number = models.PositiveIntegerField(pgettext_lazy("count", "number"))
    # Where it was counted, such as the town hall or a festival.
    place = models.CharField(_("where"), max_length=120)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    rejected_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["phase", "idea", "value", "place"],
                condition=Q(rejected_at__isnull=True),
                name="paper_count_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")), name="paper_by_two_people"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.number}"
