"""Sharing out a sum of money: projects with their cost, one basket for each unnamed person."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ideas.models import Campaign, District, Idea, Phase
from voting.models.vote import VoterLevel


class Project(models.Model):
    """An idea that can be put into baskets of a phase. Its cost cannot change once the phase has begun (trigger)."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    cost_cents = models.BigIntegerField(_("cost (cents)"))
    # Baskets that hold it; moved with them.
    number = models.IntegerField(default=0, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phase", "idea"], name="project_once"),
            models.CheckConstraint(condition=Q(cost_cents__gt=0, number__gte=0), name="project_cost_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.cost_cents} ct"


class DistrictCap(models.Model):
    """The most that may go to projects of one district."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    most_cents = models.BigIntegerField(_("at most (cents)"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phase", "district"], name="district_cap_once"),
            models.CheckConstraint(condition=Q(most_cents__gte=0), name="district_cap_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.district_id}: {self.most_cents} ct"


class Basket(models.Model):
    """What one unnamed person has chosen, as a whole; every change replaces it and counts ``version`` up."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    voter_key = models.CharField(max_length=64)
    version = models.IntegerField(default=1)
    spent_cents = models.BigIntegerField(default=0)
    budget_cents = models.BigIntegerField()
    number = models.PositiveSmallIntegerField(default=0)
    level = models.PositiveSmallIntegerField(choices=VoterLevel, default=VoterLevel.MAIL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phase", "voter_key"], name="basket_once"),
            models.CheckConstraint(
                condition=Q(spent_cents__gte=0, spent_cents__lte=F("budget_cents")), name="basket_within_budget"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spent_cents}/{self.budget_cents} ct"


class BasketItem(models.Model):
    """A project in a basket, with the cost it had."""

    basket = models.ForeignKey(Basket, models.CASCADE, related_name="items")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    cost_cents = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["basket", "project"], name="basket_item_once")]

    def __str__(self) -> str:
        return f"{self.basket_id}: {self.project_id}"


class BudgetRun(models.Model):
    """One computation of a budget's result in a worker, with its progress."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    # 0 to 100, and what is being done in words.
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=200, blank=True)
    # Chosen projects, rounds, tie-breaking and figures of both methods, as the page explains them.
    outcome = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["phase"], condition=Q(state__in=("waiting", "running")), name="budget_run_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase_id}: {self.state}"
