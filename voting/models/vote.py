"""One person, one support for an idea. No row here names a person: ``voter_key`` is a keyed hash (``integrity`` of votes).

The key's secret lies outside the database and is destroyed after the result; rows stay unique and countable.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ideas.models import Campaign, Idea, Phase


class VoterLevel(models.IntegerChoices):
    """How well the town knew who voted, from a mail address to a code it handed out itself."""

    MAIL = 0, _("with a confirmed mail address")
    LETTER = 1, _("with a code from a letter")
    IDENTITY = 2, _("with an official proof of identity")
    CODE = 3, _("with a voting code, without an account")


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
    # How well the town knew the voter then: ``VoterLevel``.
    level = models.PositiveSmallIntegerField(choices=VoterLevel, db_default=VoterLevel.MAIL)
    # While two people look at it, a support is counted apart; the row stays.
    quarantine = models.ForeignKey("voting.Quarantine", models.PROTECT, null=True, related_name="votes")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "voter_key"], name="vote_once"),
            models.CheckConstraint(condition=Q(value=1), name="vote_value_allowed"),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "voter_key"], name="vote_of_voter")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.value}"


class VoteEvent(models.Model):
    """What happened, in order, without persons: given (+1) or taken back (−1), to the hour. Rows are only ever added.

    A changed opinion is two events, the old value taken back and the new one given; a basket is one for each project.
    """

    class Kind(models.TextChoices):
        SUPPORT = "support", _("Support")
        OPINION = "opinion", _("For, against, stars")
        COMMENT = "comment", _("Rating of a comment")
        PROJECT = "project", _("Project in a basket")
        HELD = "held", _("Support set apart for review")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    change = models.SmallIntegerField()
    commitment = models.CharField(max_length=64)
    hour = models.DateTimeField()
    kind = models.CharField(max_length=7, choices=Kind, db_default=Kind.SUPPORT)
    # Where votes belong to one phase; supports belong to the campaign.
    phase = models.ForeignKey(Phase, models.PROTECT, null=True, related_name="+")
    comment_id = models.BigIntegerField(null=True)
    # ±1, or 1 to 5 stars; 1 for supports and projects.
    value = models.SmallIntegerField(db_default=1)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(change__in=(-1, 1)), name="vote_event_change")]
        indexes: ClassVar = [
            models.Index(fields=["idea"], name="vote_event_idea"),
            models.Index(fields=["commitment"], name="vote_event_commitment"),
        ]

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
