"""What the public can check: roots over the events, reopened votes, destroyed keys, reached numbers. Rows are only added."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from ideas.models import Campaign, Idea, Phase


class MerkleRoot(models.Model):
    """The root of a Merkle tree (Merkle 1987, as in RFC 6962) over the events since the former one, chained to it."""

    number = models.PositiveIntegerField(unique=True)
    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    former = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.number}: {self.root[:8]}"


class Reopening(models.Model):
    """That a sealed vote was opened again: both results stay on record."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    because = models.CharField(max_length=500)
    until = models.DateTimeField()
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.phase_id}: {self.because[:40]}"


class KeyDestroyed(models.Model):
    """That nobody can tell any more whose votes those of a campaign were."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return str(self.campaign_id)


class Threshold(models.Model):
    """That an idea reached the number that obliges an answer; once, whatever becomes of the number later."""

    idea = models.OneToOneField(Idea, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    reached_at = models.DateTimeField(db_default=Now())
    # The last day for the answer, by the promise of the campaign at that moment.
    answer_by = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-reached_at"]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.number}"


class LogSalt(models.Model):
    """What the hashes of a campaign's entries in the public list are made with.

    It is published entry by entry together with what the entry says. Before, while numbers are hidden, nobody can find
    out by trying which idea an entry is about.
    """

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="+")
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.campaign_id)
