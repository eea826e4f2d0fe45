"""What the board recommends to the town, until when an answer is due, and what the town answers."""

import datetime as dt
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from boards.models.meetings import Meeting
from boards.models.page import BoardPage, OfTheBoard
from common.working_days import after_working_days


def today() -> dt.date:
    """Return the day in the town."""
    return timezone.localdate()


class Recommendation(OfTheBoard):
    """A recommendation. Public from its day on, if it is shown at all; its clock runs from the day of the decision."""

    board = models.ForeignKey(BoardPage, models.CASCADE, related_name="recommendations", verbose_name=_("board"))
    title = models.CharField(_("title"), max_length=140)
    text = models.TextField(_("what the board recommends, and why"), max_length=8000)
    decided_on = models.DateField(_("decided on"), default=today)
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="recommendations", verbose_name=_("meeting")
    )
    votes = models.CharField(
        _("how the board voted"), max_length=140, blank=True, help_text=_("For example: unanimously.")
    )
    office = models.CharField(
        _("who answers"), max_length=120, blank=True, help_text=_("Empty: as said on the page of the board.")
    )
    answer_by = models.DateField(
        _("answer due on"), blank=True, help_text=_("Empty: reckoned by the working days on the page of the board.")
    )
    is_public = models.BooleanField(_("shown to everybody"), default=True)
    origin = models.CharField(_("where it comes from"), max_length=300, blank=True, editable=False)

    panels: ClassVar = [
        FieldPanel("title"), FieldPanel("text"),
        FieldRowPanel([FieldPanel("decided_on"), FieldPanel("meeting")]),
        FieldRowPanel([FieldPanel("votes"), FieldPanel("office")]),
        FieldRowPanel([FieldPanel("answer_by"), FieldPanel("is_public")]),
        FieldPanel("origin", read_only=True),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("recommendation"), _("recommendations")
        ordering: ClassVar = ["-decided_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer_by__gte=F("decided_on")), name="boards_answer_after_decision"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_clock()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("boards:recommendation", args=[self.pk])

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.set_clock()
        super().full_clean(*args, **kwargs)  # type: ignore[arg-type]

    def set_clock(self) -> None:
        """Reckon the last day for the answer where none was given."""
        self.take_board()
        if self.answer_by is None and self.board_id and self.decided_on is not None:
            self.answer_by = after_working_days(self.decided_on, self.board.answer_days)

    def clean(self) -> None:
        wrong = {}
        if None not in (self.decided_on,) and self.decided_on > today():
            wrong["decided_on"] = _("This day is still to come.")
        if None not in (self.decided_on, self.answer_by) and self.answer_by < self.decided_on:
            wrong["answer_by"] = _("The end is before the begin.")
        if self.meeting and self.meeting.board_id != self.board_id:
            wrong["meeting"] = _("This meeting belongs to another board.")
        if wrong:
            raise ValidationError(wrong)


class Answer(models.Model):
    """What the town answers to a recommendation. The first one stops the clock; what is shown is not taken back silently."""

    class Result(models.TextChoices):
        TAKEN = "taken", _("The town takes it up")
        PARTLY = "partly", _("The town takes up a part of it")
        CHECKING = "checking", _("The town is looking into it")
        NO = "no", _("The town does not take it up")

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="answers", verbose_name=_("recommendation")
    )
    result = models.CharField(_("result"), max_length=8, choices=Result)
    text = models.TextField(_("answer"), max_length=8000)
    office = models.CharField(_("office"), max_length=120)
    signed_by = models.CharField(_("signed by"), max_length=120, blank=True)
    answered_on = models.DateField(_("answered on"), default=today)

    panels: ClassVar = [
        FieldPanel("recommendation"), FieldPanel("result"), FieldPanel("text"),
        FieldRowPanel([FieldPanel("office"), FieldPanel("signed_by")]), FieldPanel("answered_on"),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("answer to the board"), _("answers to the board")
        ordering: ClassVar = ["answered_on", "pk"]

    def __str__(self) -> str:
        return f"{self.office}: {self.recommendation}"

    def clean(self) -> None:
        wrong = {}
        if None not in (self.answered_on,) and self.answered_on > today():
            wrong["answered_on"] = _("This day is still to come.")
        known = self.recommendation_id and None not in (self.answered_on,)
        if known and self.answered_on < self.recommendation.decided_on:
            wrong["answered_on"] = _("This is before the board decided.")
        if wrong:
            raise ValidationError(wrong)


class Reminder(models.Model):
    """That an office was reminded of an answer: once before the day, once when it is over."""

    class Stage(models.TextChoices):
        SOON = "soon", _("soon due")
        OVERDUE = "overdue", _("overdue")

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="reminders")
    stage = models.CharField(max_length=7, choices=Stage)
    answer_by = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "stage", "answer_by"], name="boards_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.stage}"
