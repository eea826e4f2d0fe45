"""What looks odd about votes: found by machine, judged by two people, never removed."""

from typing import TYPE_CHECKING, ClassVar, Union

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ideas.models import Campaign, Idea

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class VoteTrace(models.Model):
    """Under which circumstances a support came, as keyed hashes; deleted after seven days."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    voter_key = models.CharField(max_length=64)
    network = models.CharField(max_length=32, blank=True)
    mail_domain = models.CharField(max_length=32, blank=True)
    is_fresh = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["idea", "at"], name="vote_trace_of_idea"),
            models.Index(fields=["at"], name="vote_trace_old"),
        ]

    def __str__(self) -> str:
        return str(self.idea_id)


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags by who may see them."""

    def visible_to(self, user: Union["User", "AnonymousUser"]) -> "FlagQuerySet":
        """Return the flags of campaigns that the person may know of: of a closed group only its members do."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user))


class Flag(models.Model):
    """An hour in which the votes on an idea looked odd, with the figures that say why. Two people decide."""

    class Kind(models.TextChoices):
        BURST = "burst", _("Many at once")
        FRESH = "fresh", _("New accounts")
        DOMAIN = "domain", _("One mail domain")
        NETWORK = "network", _("Few networks")
        ORDER = "order", _("Same ideas in the same order")

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        HARMLESS = "harmless", _("nothing is wrong")
        QUARANTINED = "held", _("votes are set apart")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    hour = models.DateTimeField()
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    found_at = models.DateTimeField(db_default=Now())

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["idea", "kind", "hour"], name="flag_once")]
        permissions: ClassVar = [("review_votes", "Can review odd votes")]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.kind}"


class Quarantine(models.Model):
    """Votes of one idea set apart by two people, with a reason; given back the same way."""

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="quarantines")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    number = models.PositiveIntegerField(default=0)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    rejected_at = models.DateTimeField(null=True)
    # Who wants to give the votes back; another person does it.
    end_proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    end_proposed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("proposed_by")), name="quarantine_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("end_proposed_by")), name="quarantine_ended_by_two"
            ),
            models.UniqueConstraint(
                fields=["flag"], condition=Q(rejected_at=None, ended_at=None), name="quarantine_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.number}"


class ReviewStep(models.Model):
    """Who did what with a flag, when and why. Rows are only added; they are counted for the yearly report."""

    class Kind(models.TextChoices):
        HARMLESS = "harmless", _("Nothing is wrong")
        PROPOSED = "proposed", _("Setting apart proposed")
        AGREED = "agreed", _("Votes set apart")
        REJECTED = "rejected", _("Proposal declined")
        END_PROPOSED = "end_prop", _("Giving back proposed")
        ENDED = "ended", _("Votes given back")
        END_REJECTED = "end_rej", _("Giving back declined")

    flag = models.ForeignKey(Flag, models.PROTECT, related_name="steps")
    quarantine = models.ForeignKey(Quarantine, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=500, blank=True)
    # Votes that were set apart or given back.
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.flag_id}: {self.kind}"
