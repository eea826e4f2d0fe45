"""When and where the board meets, what about, and what came of it."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from boards.models.page import BoardPage, OfTheBoard
from boards.models.room import Room

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "MeetingQuerySet":
        """Return public meetings, and for members of the board's room the others too."""
        if not user.is_authenticated:
            return self.filter(is_public=True)
        return self.filter(Q(is_public=True) | Q(board__room__in=Room.objects.visible_to(user)))


class Meeting(OfTheBoard):
    """A meeting. What is not public is seen in the closed room only, and so are minutes before they are approved."""

    class Access(models.TextChoices):
        UNKNOWN = "", _("not known")
        YES = "yes", _("step-free")
        PARTLY = "partly", _("partly step-free")
        NO = "no", _("not step-free")

    board = models.ForeignKey(BoardPage, models.CASCADE, related_name="meetings", verbose_name=_("board"))
    # Calendars know a meeting by it, also after its time was changed.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=140)
    starts_at = models.DateTimeField(_("begin"))
    ends_at = models.DateTimeField(_("end"))
    place = models.CharField(_("place"), max_length=140, help_text=_("House and room."))
    address = models.CharField(_("address of the place"), max_length=200, blank=True)
    access = models.CharField(_("without steps?"), max_length=6, choices=Access, default=Access.UNKNOWN, blank=True)
    access_words = models.CharField(
        _("how to get there"), max_length=300, blank=True,
        help_text=_("Lift, ramp, induction loop, sign-language interpreter, child care, next bus stop."),
    )  # fmt: skip
    agenda = models.TextField(
        _("agenda"), max_length=8000, blank=True, help_text=_("A point a line, such as: 1. Ways to school")
    )
    minutes = models.TextField(pgettext_lazy("board", "minutes"), max_length=40000, blank=True)
    minutes_public = models.BooleanField(
        _("everybody may read the minutes"), default=False, help_text=_("Before that, only members in the closed room.")
    )
    is_public = models.BooleanField(
        _("announced to everybody"), default=True, help_text=_("Otherwise only members see it in the closed room.")
    )
    cancelled = models.CharField(
        _("cancelled because"), max_length=200, blank=True, help_text=_("Everybody reads it. Empty: it takes place.")
    )
    changed_at = models.DateTimeField(auto_now=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = MeetingQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("title"), FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("place"), FieldPanel("address")]),
                FieldRowPanel([FieldPanel("access"), FieldPanel("access_words")]),
            ],
            heading=_("Place"),
        ),
        FieldPanel("agenda"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("minutes_public")], heading=pgettext_lazy("board", "Minutes")),
        FieldRowPanel([FieldPanel("is_public"), FieldPanel("cancelled")]),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("meeting"), _("meetings")
        ordering: ClassVar = ["-starts_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="boards_meeting_order"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        # Calendars take a changed entry over only under a higher number (RFC 5545, SEQUENCE).
        self.sequence = self.sequence + 1 if self.pk else 0
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("boards:meeting", args=[self.pk])

    def clean(self) -> None:
        if None in (self.starts_at, self.ends_at):
            return
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must be after the beginning.")})
        if self.ends_at - self.starts_at > dt.timedelta(days=7):
            raise ValidationError({"ends_at": _("A meeting takes a week at most. Please check the day.")})
