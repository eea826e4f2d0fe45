"""The record: every decision, with all fields of a statement of reasons (Digital Services Act, Art. 17).

Rows are only ever added, and each carries the hash of the one before, so that a later change shows.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.models.case import Case
from moderation.models.rule import RuleVersion


class Decision(models.Model):
    """One decision on one version of one contribution."""

    class Kind(models.TextChoices):
        APPROVE = "approve", _("Approve")
        APPROVE_WITH_NOTE = "approve_with_note", _("Approve with a note")
        REQUEST_CHANGE = "request_change", _("Ask for a change")
        REFUSE = "refuse", _("Refuse")
        HIDE = "hide", _("Hide")
        RESTORE = "restore", _("Restore")
        MERGE = "merge", _("Merge")
        MOVE = "move", _("Move")
        # About a person, not a contribution.
        ADVISE = "advise", _("Give a hint")
        WARN = "warn", _("Warn")
        PAUSE = "pause", _("Pause writing")
        BLOCK = "block", _("Block")
        LIFT = "lift", _("Lift a measure")
        # What was decided in one go is taken back: it waits again.
        UNDO = "undo", _("Take back")
        # After a complaint; not to be chosen for a case.
        UPHOLD = "uphold", _("The decision stands")

    # Decisions that take something from somebody: they need rule, reason and ways of redress.
    RESTRICTIVE = (Kind.REQUEST_CHANGE, Kind.REFUSE, Kind.HIDE, Kind.WARN, Kind.PAUSE, Kind.BLOCK)

    # What needs to be said where to.
    TARGETED = (Kind.MERGE, Kind.MOVE)
    # Against these one can complain.
    CONTESTABLE = (*RESTRICTIVE, *TARGETED)

    class Source(models.TextChoices):
        OWN = "own", _("own initiative")
        REPORT = "report", _("report")
        COMPLAINT = "complaint", _("complaint")

    sequence = models.PositiveBigIntegerField(unique=True)
    # Opens the letter and the complaint without signing in; not to be guessed.
    code = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField()
    subject_version = models.PositiveIntegerField()
    subject_title = models.CharField(max_length=200)
    decision = models.CharField(_("decision"), max_length=17, choices=Kind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    actor_role = models.CharField(max_length=60)
    rule_version = models.ForeignKey(RuleVersion, models.PROTECT, null=True, related_name="+")
    ground = models.CharField(_("ground"), max_length=5, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    note = models.TextField(_("internal note"), blank=True)
    # Where and for how long the restriction holds, in words.
    scope = models.CharField(_("scope"), max_length=200, blank=True)
    duration = models.CharField(_("duration"), max_length=120, blank=True)
    source = models.CharField(_("how it came up"), max_length=9, choices=Source, default=Source.OWN)
    automated_detection = models.BooleanField(default=False)
    automated_decision = models.BooleanField(default=False)
    redress = models.TextField(_("what you can do"), blank=True)
    complaint_until = models.DateTimeField(null=True)
    state_before = models.CharField(max_length=9)
    state_after = models.CharField(max_length=9)
    decided_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        ordering: ClassVar = ["-sequence"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(decision__in=("request_change", "refuse", "hide", "warn", "pause", "block"))
                | (
                    Q(rule_version__isnull=False, complaint_until__isnull=False)
                    & ~Q(ground="")
                    & ~Q(reason="")
                    & ~Q(scope="")
                    & ~Q(duration="")
                    & ~Q(redress="")
                ),
                name="decision_restriction_has_reasons",
            ),
            models.CheckConstraint(condition=Q(automated_decision=False), name="decision_by_a_person"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "object_id"], name="decision_of_subject")]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.subject_title}"

    @property
    def shown_title(self) -> str:
        """What it is about: of a person the entry holds a number, and the case a name that can be forgotten."""
        return self.case.title if self.case.kind == self.kind else self.subject_title
