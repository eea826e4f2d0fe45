"""What supporters of a merged idea want done with their support."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ideas.models import Merge


class MergeChoice(models.Model):
    """What an unnamed supporter of a merged idea has said; no row: nothing yet, and the support stays where it is."""

    class State(models.TextChoices):
        LEFT = "left", _("stays where it is")
        CARRIED = "carried", _("carried over")
        # The voter supported the target already: the support of the source was given back.
        DOUBLED = "doubled", _("was there already")
        # Taken back since by the voter's own hand; an undo does not bring it back.
        ENDED = "ended", _("taken back")

    merge = models.ForeignKey(Merge, models.PROTECT, related_name="choices")
    voter_key = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["merge", "voter_key"], name="merge_choice_once")]
        indexes: ClassVar = [models.Index(fields=["voter_key"], name="merge_choice_of_voter")]

    def __str__(self) -> str:
        return f"{self.merge_id}: {self.state}"
