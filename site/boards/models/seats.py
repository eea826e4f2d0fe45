"""Who sits on the board, and who of them may be named."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from boards.models.page import BoardPage, OfTheBoard


def today() -> dt.date:
    """Return the day in the town."""
    return timezone.localdate()


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats by day."""

    def taken(self, day: dt.date) -> "SeatQuerySet":
        """Return the seats that somebody has on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def named(self, day: dt.date) -> "SeatQuerySet":
        """Return those whose members agreed to be named on that day and have not taken it back."""
        return self.taken(day).filter(withdrawn_at=None, consent_on__lte=day, shown_until__gte=day)


class Seat(OfTheBoard):
    """A person on the board. The name is shown from the day of consent until a last day, or until it is taken back."""

    board = models.ForeignKey(BoardPage, models.CASCADE, related_name="seats", verbose_name=_("board"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=_("account"), editable=False,
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(
        _("mail address"), blank=True,
        help_text=_("Never shown. Whoever signs in with it in the closed room can give and take back consent there."),
    )  # fmt: skip
    role = models.CharField(
        pgettext_lazy("board", "role"), max_length=80, blank=True, help_text=_("For example: chair.")
    )
    portrait = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("portrait"),
        help_text=_("Shown together with the name, and only then. Square pictures fit best."),
    )  # fmt: skip
    words = models.CharField(_("a sentence about the person"), max_length=200, blank=True)
    since = models.DateField(_("on the board since"), default=today)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day. Empty: still there."))
    consent_on = models.DateField(
        _("consent given on"), null=True, blank=True,
        help_text=_("The day on the signed paper. Without it nobody reads the name."),
    )  # fmt: skip
    shown_until = models.DateField(_("shown until"), null=True, blank=True, help_text=_("The last day."))
    withdrawn_at = models.DateTimeField(_("consent taken back"), null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = SeatQuerySet.as_manager()

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("email")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("position")]), FieldPanel("words"), FieldPanel("portrait"),
        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
        MultiFieldPanel(
            [
                HelpPanel(_("To take a consent back, empty both fields: the name is gone from the page at that moment.")),
                FieldRowPanel([FieldPanel("consent_on"), FieldPanel("shown_until")]),
            ],
            heading=_("May be named on the page"),
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("member of the board"), _("members of the board")
        ordering: ClassVar = ["position", "name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(consent_on=None) | Q(shown_until__gte=F("consent_on")), name="boards_consent_ends"
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="boards_seat_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        # A new consent, written down by an editor, is one from its day on, whatever was taken back before that day.
        taken_back = self.withdrawn_at and timezone.localdate(self.withdrawn_at)
        if taken_back and self.consent_on and self.consent_on > taken_back:
            self.withdrawn_at = None
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def clean(self) -> None:
        wrong = {}
        if self.consent_on and not self.shown_until:
            wrong["shown_until"] = _("Please say until when: nobody agrees for ever.")
        if self.consent_on and self.shown_until and self.shown_until < self.consent_on:
            wrong["shown_until"] = _("The end is before the begin.")
        if self.consent_on and self.consent_on > today():
            wrong["consent_on"] = _("This day is still to come.")
        if None not in (self.since, self.until) and self.until < self.since:  # type: ignore[operator]
            wrong["until"] = _("The end is before the begin.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def is_named(self) -> bool:
        """Tell whether the name stands on the page today."""
        day = today()
        on_board = self.since <= day and (self.until is None or self.until >= day)
        agreed = self.consent_on is not None and self.consent_on <= day and self.withdrawn_at is None
        return on_board and agreed and self.shown_until is not None and self.shown_until >= day
