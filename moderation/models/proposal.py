"""Four eyes: for chosen rules one person proposes a restriction, another one agrees or declines."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moderation.models.case import Case
from moderation.models.decision import Decision
from moderation.models.rule import RuleVersion


class Proposal(models.Model):
    """What one person wants to decide on a case as it stood, and what a second one said to that."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("case", "Open")
        AGREED = "agreed", _("agreed to")
        DECLINED = "declined", _("declined")
        STALE = "stale", _("overtaken: the case has changed")
        UNDONE = "undone", _("taken back by whoever proposed it")

    case = models.ForeignKey(Case, models.CASCADE, related_name="proposals")
    case_version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decision_kind = models.CharField(_("decision"), max_length=17, choices=Decision.Kind)
    rule_version = models.ForeignKey(RuleVersion, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    note = models.TextField(_("internal note"), blank=True)
    target = models.CharField(max_length=200, blank=True)
    second = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    word = models.CharField(_("a word on it"), max_length=500, blank=True)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, related_name="proposal")
    proposed_at = models.DateTimeField(db_default=Now())
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("proposal"), _("proposals")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="open"), name="proposal_one_open"),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("proposer")), name="proposal_by_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "declined")) | Q(second__isnull=False, answered_at__isnull=False),
                name="proposal_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", decision__isnull=False) | (~Q(state="agreed") & Q(decision__isnull=True)),
                name="proposal_agreed_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_kind_display()}: {self.case}"
