"""The rules of conduct, as versioned texts: a decision names the version that was in force."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Rule(models.Model):
    """A rule, known by its number."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    # A rule that no longer holds: not to be chosen any more, still on record.
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Four eyes: a restriction by this rule is proposed by one person and agreed to by another.
    # (Nullable, because SQLite would build the table anew and lose its triggers.)
    needs_second = models.BooleanField(_("needs two people"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("rule"), _("rules")
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class RuleVersion(models.Model):
    """The words of a rule from a day on; older words stay on record, a trigger refuses every change."""

    class Ground(models.TextChoices):
        TERMS = "terms", _("rules of this site")
        LAW = "law", _("law")

    rule = models.ForeignKey(Rule, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    ground = models.CharField(_("ground"), max_length=5, choices=Ground, default=Ground.TERMS)
    # For a legal ground: the provision, in words a person can look up.
    provision = models.CharField(_("provision"), max_length=200, blank=True)
    valid_from = models.DateTimeField(_("valid from"), db_default=Now())

    class Meta:
        ordering: ClassVar = ["rule__number", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.rule.number} – {self.title}"
