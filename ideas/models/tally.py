"""Numbers that are kept because counting anew would take longer the larger the town: by facet, by view, of hints."""

from typing import ClassVar

from django.db import models

from ideas.models.campaign import Campaign
from ideas.models.idea import Idea


class IdeaTally(models.Model):
    """How many public ideas have the same campaign, topic, goal, district, progress and status (0: none): the sum of rows.

    Triggers of the database add a row of +1 or -1 with every change of an idea, so that nobody waits for anybody;
    ``gather_tally`` adds rows together, ``verify_counts`` compares.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+", db_index=False)
    topic = models.BigIntegerField(default=0)
    goal = models.BigIntegerField(default=0)
    district = models.BigIntegerField(default=0)
    progress = models.CharField(max_length=9)
    status = models.BigIntegerField(default=0)
    number = models.IntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "id"], name="tally_of_campaign")]

    def __str__(self) -> str:
        return str(self.number)


class IdeaViews(models.Model):
    """How often an idea was seen, by a sample without persons."""

    idea = models.OneToOneField(Idea, models.CASCADE, primary_key=True, related_name="views")
    shown = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.opened}"


class HintTally(models.Model):
    """What became of the hints at similar ideas: how many were shown, followed or passed over, by day."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    followed = models.PositiveIntegerField(default=0)
    ignored = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "day"], name="hints_of_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.followed}/{self.shown}"
