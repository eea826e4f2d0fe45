"""Many cases decided in one go: what was wanted, what became of each, and what was taken back."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from moderation.models.case import Case
from moderation.models.decision import Decision
from moderation.models.proposal import Proposal
from moderation.models.rule import RuleVersion


class BulkRun(models.Model):
    """One go. Each decision in it is an entry of the record by itself; this only holds them together for the way back."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=17, choices=Decision.Kind)
    rule_version = models.ForeignKey(RuleVersion, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    # The same form sent twice is the same go.
    request_key = models.UUIDField(unique=True)
    decided_at = models.DateTimeField(db_default=Now())
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("decision on many"), _("decisions on many")

    def __str__(self) -> str:
        return f"{self.get_decision_display()} ({self.decided_at})"


class BulkItem(models.Model):
    """What became of one case: a decision, or in words why there is none; and the entry that took it back."""

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+")
    # Where the rule needs two people it only became a proposal.
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="+")
    undo = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="+")
    # How the contribution was before, as its room says it; null for rows without a decision.
    before = models.JSONField(null=True)
    refused = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "case"], name="bulk_case_once")]

    def __str__(self) -> str:
        return f"{self.run}: {self.case}"
