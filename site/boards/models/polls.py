"""Polls among the members of the room: one person, one voice; secret or open is said beforehand."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.models.room import Room

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class PollQuerySet(models.QuerySet["Poll"]):
    """Polls by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "PollQuerySet":
        """Return the polls of the rooms that ``user`` may enter."""
        return self.filter(room__in=Room.objects.visible_to(user))


class Poll(models.Model):
    """A question with answers, open until the database's clock says otherwise. Nothing of it changes once it is there."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="polls")
    question = models.CharField(_("question"), max_length=200)
    text = models.TextField(_("what it is about"), max_length=2000, blank=True)
    is_secret = models.BooleanField(_("secret"), default=True)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField(_("open until"))
    cancelled_at = models.DateTimeField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("poll"), _("polls")
        ordering: ClassVar = ["-closes_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="boards_poll_order"),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("boards:poll", args=[self.pk])

    def is_open(self, at: "datetime") -> bool:
        """Tell whether voices are taken at that moment (the database's): [opened, closes)."""
        return self.cancelled_at is None and self.opened_at <= at < self.closes_at

    def is_over(self, at: "datetime") -> bool:
        """Tell whether there is a result."""
        return self.cancelled_at is None and at >= self.closes_at


class PollOption(models.Model):
    """One answer. Secret voices are counted here and written down nowhere else."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    text = models.CharField(max_length=140)
    position = models.PositiveSmallIntegerField()
    secret_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "position"], name="boards_option_place_once")]

    def __str__(self) -> str:
        return self.text


class Voice(models.Model):
    """That a person gave a voice; for which answer only in open polls. The constraint decides races."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="voices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    option = models.ForeignKey(PollOption, models.CASCADE, null=True, related_name="voices")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["poll", "person"], name="boards_one_voice")]

    def __str__(self) -> str:
        return f"{self.poll_id}"
