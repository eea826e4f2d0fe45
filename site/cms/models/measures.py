"""What the town does for a goal, and how far it is."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ideas.models import Goal


class Measure(models.Model):
    """A measure of the town: one line in the list of its goal, and something that ideas can be linked with."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="measures", verbose_name=_("goal"))
    title = models.CharField(_("title"), max_length=140)
    text = models.TextField(
        _("what happens"), max_length=600, blank=True, help_text=_("Two or three sentences without officialese.")
    )
    office = models.CharField(_("office in charge"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    percent = models.PositiveSmallIntegerField(
        _("progress in per cent"), default=0, help_text=_("0 to 100; what is done is 100.")
    )
    begins_on = models.DateField(_("begin"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True, help_text=_("When it is, or is to be, done."))
    why_stopped = models.CharField(
        _("why it was stopped"),
        max_length=300,
        blank=True,
        help_text=_("Everybody reads it. Needed when it was stopped."),
    )
    is_public = models.BooleanField(_("shown to everybody"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    changed_at = models.DateTimeField(auto_now=True)

    panels: ClassVar = [
        FieldPanel("title"), FieldPanel("goal"), FieldPanel("text"), FieldPanel("office"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("percent")]), FieldPanel("why_stopped"),
        FieldRowPanel([FieldPanel("begins_on"), FieldPanel("ends_on")]),
        FieldRowPanel([FieldPanel("is_public"), FieldPanel("position")]),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("measure"), _("measures")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="cms_measure_percent"),
            models.CheckConstraint(condition=~Q(state="done") | Q(percent=100), name="cms_measure_done_is_whole"),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(why_stopped=""), name="cms_measure_stop_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="cms_measure_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Say in words what the constraints refuse; what is done is whole by itself."""
        if self.state == self.State.DONE:
            self.percent = 100
        wrong = {}
        if (self.percent or 0) > 100:
            wrong["percent"] = _("At most 100 per cent.")
        if self.state == self.State.STOPPED and not self.why_stopped.strip():
            wrong["why_stopped"] = _("Please say why it was stopped.")
        if self.begins_on and self.ends_on and self.ends_on < self.begins_on:
            wrong["ends_on"] = _("The end is before the begin.")
        if wrong:
            raise ValidationError(wrong)
