"""The public names a person has had, as versions: what stands beside words that others read is looked at, too."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class ProfileName(models.Model):
    """One name in the order in which they were chosen; of each person at most one waits and at most one is in use."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a decision")
        PUBLIC = "public", _("in use")
        HIDDEN = "hidden", _("hidden; a neutral name stands in its place")
        REFUSED = "refused", _("refused")
        PAST = "past", _("used earlier")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="names")
    number = models.PositiveIntegerField()
    name = models.CharField(_("public name"), max_length=60)
    state = models.CharField(max_length=7, choices=State)
    chosen_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "number"], name="profile_name_number"),
            models.UniqueConstraint(fields=["person"], condition=Q(state="waiting"), name="profile_name_one_waits"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=("public", "hidden")), name="profile_name_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return self.name
