"""Numbers by which a goal is measured: a series of values with unit, source and method."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from ideas.models import Goal


class Indicator(ClusterableModel):
    """One series of numbers."""

    class Better(models.TextChoices):
        MORE = "more", _("more is better")
        LESS = "less", _("less is better")
        NEITHER = "neither", _("neither")

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name=_("goal")
    )
    unit = models.CharField(_("unit"), max_length=40, help_text=_("For example: per cent, minutes, children."))
    decimals = models.PositiveSmallIntegerField(
        _("places after the comma"), default=0, choices=[(number, str(number)) for number in range(4)]
    )
    better = models.CharField(_("direction"), max_length=10, choices=Better, default=Better.NEITHER)
    source = models.CharField(_("source"), max_length=200, help_text=_("Who counted, in which statistics."))
    method = models.TextField(
        _("method"), max_length=600, blank=True, help_text=_("Who was asked, how many answered, how it was counted.")
    )
    from_survey = models.BooleanField(
        _("comes from the survey of the report"), default=False,
        help_text=_("Two reports that asked in different ways are then not compared in this number."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    panels: ClassVar = [
        FieldPanel("name"), FieldPanel("slug"), FieldPanel("goal"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("decimals"), FieldPanel("better")]),
        FieldPanel("source"), FieldPanel("method"), FieldPanel("from_survey"), FieldPanel("position"),
        InlinePanel("values", heading=_("Values"), label=_("Value")),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("indicator"), _("indicators")
        ordering: ClassVar = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class IndicatorValue(models.Model):
    """The value of one year; what belongs to a report that is not published yet is seen by editors only."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="values")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=3)
    breaks = models.BooleanField(
        _("counted otherwise from here on"), default=False,
        help_text=_("Values before and after must not be compared; the line is broken here."),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=200, blank=True)
    method = models.CharField(
        _("counted in this way"), max_length=200, blank=True, default="",
        help_text=_("Only if it was counted in another way than the method of the whole series says."),
    )  # fmt: skip
    edition = models.ForeignKey(
        "cms.ReportPage", models.SET_NULL, null=True, blank=True, related_name="figures", verbose_name=_("family report"),
        help_text=_("Everybody sees the value as soon as this report is published. Empty: at once."),
    )  # fmt: skip

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("value"), FieldPanel("breaks")]),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("edition"), FieldPanel("method")]),
    ]

    class Meta:
        verbose_name, verbose_name_plural = _("value"), _("values")
        ordering: ClassVar = ["year"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "year"], name="cms_indicator_one_value_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"

    def follows(self, before: "IndicatorValue", *, from_survey: bool) -> bool:
        """Tell whether this value may be compared with the one before it in the series."""
        if self.breaks or self.method != before.method:
            return False
        both = [one.edition for one in (before, self) if one.edition is not None]
        return not from_survey or len(both) < 2 or both[0].asked_like(both[1])
