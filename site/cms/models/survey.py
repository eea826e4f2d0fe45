"""How people were asked for a report: told beside every number that comes from it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel


class Survey(models.Model):
    """The survey of one report; without a kind there was none."""

    class Kind(models.TextChoices):
        DRAWN = "drawn", _("people drawn by lot")
        OPEN = "open", _("open to everybody who wanted to answer")
        ALL = "all", _("everybody concerned was asked")

    class Stands(models.TextChoices):
        WHOLE = "whole", _("representative")
        PART = "part", _("representative in part")
        NOT = "not", _("not representative")

    survey_kind = models.CharField(
        _("who could answer"), max_length=5, choices=Kind, blank=True, help_text=_("Empty: there was no survey.")
    )
    survey_how = models.TextField(
        _("how people were asked"), max_length=600, blank=True,
        help_text=_("Drawn from which list, on paper or on the screen, in which languages."),
    )  # fmt: skip
    survey_asked = models.PositiveIntegerField(
        _("people asked"), null=True, blank=True, help_text=_("Empty for a survey that was open to everybody.")
    )
    survey_answered = models.PositiveIntegerField(_("number of answers"), null=True, blank=True)
    survey_from = models.DateField(_("asked from"), null=True, blank=True)
    survey_until = models.DateField(_("asked until"), null=True, blank=True)
    survey_stands = models.CharField(
        _("does it speak for all?"), max_length=5, choices=Stands, blank=True,
        help_text=_("Needed as soon as there was a survey; everybody reads it."),
    )  # fmt: skip
    survey_limits = models.TextField(
        _("limits"), max_length=800, blank=True,
        help_text=_("Who answered too seldom, what was not asked, from which size on numbers are told."),
    )  # fmt: skip

    survey_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("survey_kind"), FieldPanel("survey_stands")]),
            FieldPanel("survey_how"),
            FieldRowPanel([FieldPanel("survey_asked"), FieldPanel("survey_answered")]),
            FieldRowPanel([FieldPanel("survey_from"), FieldPanel("survey_until")]),
            FieldPanel("survey_limits"),
        ],
        heading=_("How people were asked"),
    )

    class Meta:
        abstract = True

    @property
    def response_percent(self) -> int | None:
        """Return how many of a hundred people asked have answered."""
        if not self.survey_asked or self.survey_answered is None:
            return None
        return round(100 * self.survey_answered / self.survey_asked)

    @property
    def survey_words(self) -> str:
        """Return the survey in a few words; nothing without one."""
        if not self.survey_kind:
            return ""
        return f"{self.get_survey_kind_display()}, {self.get_survey_stands_display()}"

    def asked_like(self, other: "Survey") -> bool:
        """Tell whether the answers to both surveys may be compared."""
        return (self.survey_kind, self.survey_stands) == (other.survey_kind, other.survey_stands)

    def clean(self) -> None:
        """Say in words what does not go together."""
        super().clean()
        wrong: dict[str, object] = {}
        if self.survey_kind and not self.survey_stands:
            wrong["survey_stands"] = _("Please say whether the survey speaks for all.")
        if self.survey_kind == self.Kind.OPEN and self.survey_stands == self.Stands.WHOLE:
            wrong["survey_stands"] = _("A survey that is open to everybody who wants to answer is not representative.")
        if self.survey_asked is not None and (self.survey_answered or 0) > self.survey_asked:
            wrong["survey_answered"] = _("More answers than people asked.")
        if self.survey_from and self.survey_until and self.survey_until < self.survey_from:
            wrong["survey_until"] = _("The end is before the begin.")
        if wrong:
            raise ValidationError(wrong)


CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=models.Q(survey_asked=None)
        | models.Q(survey_answered=None)
        | models.Q(survey_answered__lte=models.F("survey_asked")),
        name="cms_report_answers",
    ),
    models.CheckConstraint(
        condition=models.Q(survey_kind="") | ~models.Q(survey_stands=""), name="cms_report_survey_stands"
    ),
]
