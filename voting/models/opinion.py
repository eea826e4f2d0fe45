"""For and against, and one to five stars: one opinion of an unnamed person on an idea, in one phase."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ideas.models import Campaign, Comment, Idea, Phase
from voting.models.vote import VoterLevel


class Opinion(models.Model):
    """What an unnamed person thinks of an idea in a phase: −1 or 1, or 1 to 5 stars."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    voter_key = models.CharField(max_length=64)
    value = models.SmallIntegerField()
    # Changes so far; the receipt of each is computed from it.
    version = models.IntegerField(default=1)
    level = models.PositiveSmallIntegerField(choices=VoterLevel, default=VoterLevel.MAIL)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phase", "idea", "voter_key"], name="opinion_once"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1, 2, 3, 4, 5)), name="opinion_value_allowed"),
        ]
        indexes: ClassVar = [models.Index(fields=["phase", "voter_key"], name="opinion_of_voter")]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.value:+d}"


class OpinionTally(models.Model):
    """How many opinions of one value an idea has in a phase; moved with the rows, which are the truth."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    value = models.SmallIntegerField()
    number = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phase", "idea", "value"], name="opinion_tally_once"),
            models.CheckConstraint(condition=Q(number__gte=0), name="opinion_tally_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.value:+d}: {self.number}"


class CommentVote(models.Model):
    """Whether an unnamed person agrees with a comment (1) or not (−1); a value of 0 was taken back."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    voter_key = models.CharField(max_length=64)
    value = models.SmallIntegerField()
    version = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["comment", "voter_key"], name="comment_vote_once"),
            models.CheckConstraint(condition=Q(value__in=(-1, 0, 1)), name="comment_vote_value_allowed"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.value:+d}"
