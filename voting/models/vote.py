"""One person, one support for an idea. No row here names a person: ``voter_key`` is a keyed hash (``integrity`` of votes).

The key's secret lies outside the database and is destroyed after the result; rows stay unique and countable.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from ideas.models import Campaign, Idea, Phase


class Ballot(models.Model):
    """How many supports somebody has given in a campaign, and how many are allowed (null: any number)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    voter_key = models.CharField(max_length=64)
    used = models.IntegerField(default=0)
    lim = models.IntegerField(null=True)
    version = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "voter_key"], name="ballot_once"),
            models.CheckConstraint(condition=Q(used__gte=0), name="ballot_used_positive"),
            models.CheckConstraint(condition=Q(lim__isnull=True) | Q(used__lte=F("lim")), name="ballot_within_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.used}/{self.lim or '∞'}"


class Vote(models.Model):
    """That an unnamed person supports an idea."""

    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    voter_key = models.CharField(max_length=64)
    value = models.SmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "voter_key"], name="vote_once"),
            models.CheckConstraint(condition=Q(value=1), name="vote_value_allowed"),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "voter_key"], name="vote_of_voter")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.value}"


class VoteEvent(models.Model):
    """What happened, in order, without persons: given (+1) or taken back (−1), to the hour. Rows are only ever added."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    change = models.SmallIntegerField()
    commitment = models.CharField(max_length=64)
    hour = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(change__in=(-1, 1)), name="vote_event_change")]
        indexes: ClassVar = [models.Index(fields=["idea"], name="vote_event_idea")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.change:+d}"


class Result(models.Model):
    """The sealed count of a phase, with its hash. Rows are only ever added."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sealed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.sha256
