"""What the database itself writes down whenever a contribution changes its state, and what explains it but a decision.

Triggers on the tables of contributions fill the first (``moderation.watch``), on every road: page, API, shell, plain SQL.
``verify_audit`` compares both with the record.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class StateChange(models.Model):
    """One change of the state of one contribution; ``before`` is empty where it was written down as something else than waiting."""

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    before = models.CharField(max_length=9, blank=True)
    after = models.CharField(max_length=9)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("change of state"), _("changes of state")
        indexes: ClassVar = [models.Index(fields=["kind", "object_id", "id"], name="statechange_of_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.before or '–'} → {self.after}"


class Act(models.Model):
    """A change of state that needs no decision: authors take back what is theirs, a campaign checks only afterwards.

    Names no person: who wrote a contribution stands with the contribution.
    """

    class Name(models.TextChoices):
        CHECKED_LATER = "checked_later", _("shown at once, checked afterwards")
        EXEMPT = "exempt", _("shown at once, the author's role needs no check")
        IMPORTED = "imported", _("taken over from elsewhere")
        WITHDRAWN = "withdrawn", _("withdrawn by its author")
        DELETED = "deleted", _("deleted by its author")
        CHOSEN = "chosen", _("a new name was chosen")
        REPLACED = "replaced", _("a hidden name gives way to a new one")

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    name = models.CharField(max_length=13, choices=Name)
    before = models.CharField(max_length=9, blank=True)
    after = models.CharField(max_length=9)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name, verbose_name_plural = _("act without a decision"), _("acts without a decision")
        indexes: ClassVar = [models.Index(fields=["kind", "object_id"], name="act_on_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.get_name_display()}"
