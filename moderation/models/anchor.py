"""What makes the record checkable from outside: its end as it was at many moments, and the words of rules as first used."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.models.rule import RuleVersion


class Anchor(models.Model):
    """How far the record went at one moment. Who has kept an earlier one sees when the record was cut off or rewritten."""

    sequence = models.PositiveBigIntegerField(_("last entry"), unique=True)
    hash = models.CharField(_("hash"), max_length=64)
    count = models.PositiveBigIntegerField(_("number of entries"))
    # How many changes of state the database had written down by itself.
    changes = models.PositiveBigIntegerField(_("changes of state"))
    taken_at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name, verbose_name_plural = _("anchor of the record"), _("anchors of the record")
        ordering: ClassVar = ["-sequence"]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.hash[:12]}"


class RuleSeal(models.Model):
    """The hash of a rule's words when a decision first rested on them: it tells changed words from changed entries."""

    rule_version = models.OneToOneField(RuleVersion, models.PROTECT, related_name="seal", primary_key=True)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name, verbose_name_plural = _("seal of a rule"), _("seals of rules")

    def __str__(self) -> str:
        return f"{self.rule_version_id}: {self.hash[:12]}"
