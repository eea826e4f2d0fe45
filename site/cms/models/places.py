"""Places people go to: address, the way in words, access without steps, opening hours that the site can reckon with."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from cms.blocks.places import ExceptionsBlock, WeekBlock
from cms.fields import BlocksField


class Place(models.Model):
    """A house with a door: kept once, shown on any page."""

    class StepFree(models.TextChoices):
        YES = "yes", _("without steps")
        PARTLY = "partly", _("partly without steps")
        NO = "no", _("only by steps")

    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street and number"), max_length=120)
    zipcode = models.CharField(_("postcode"), max_length=10)
    city = models.CharField(_("town"), max_length=80)
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("For example 51.6612. With both numbers the page shows a small map."),
    )  # fmt: skip
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    directions = models.TextField(
        _("the way in words"), max_length=600, blank=True,
        help_text=_("As you would tell somebody on the phone. Those who cannot see a map need it, too."),
    )  # fmt: skip
    stop = models.CharField(_("stop"), max_length=200, blank=True, help_text=_("Lines, name of the stop, how far."))
    bicycles = models.CharField(_("bicycles"), max_length=200, blank=True)
    parking = models.CharField(_("parking"), max_length=200, blank=True)
    step_free = models.CharField(_("access"), max_length=6, choices=StepFree, blank=True)
    access = models.TextField(
        _("access in words"), max_length=400, blank=True,
        help_text=_("Door, lift, toilet, induction loop, guide strip: what there is, and what there is not."),
    )  # fmt: skip
    hours = BlocksField(WeekBlock(), blank=True, verbose_name=_("opening hours"))
    hours_note = models.CharField(
        _("a word about the hours"), max_length=200, blank=True, help_text=_("For example: other times by arrangement.")
    )
    closed_on_holidays = models.BooleanField(_("closed on public holidays"), default=True)
    exceptions = BlocksField(ExceptionsBlock(), blank=True, verbose_name=_("days that are not as usual"))

    panels: ClassVar = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("street"), FieldPanel("zipcode"), FieldPanel("city")]),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("directions", "stop", "bicycles", "parking")], heading=_("How to get there")
        ),
        MultiFieldPanel([FieldPanel("step_free"), FieldPanel("access")], heading=_("Access")),
        MultiFieldPanel(
            [
                HelpPanel(_("From these hours the pages say whether it is open now, and when it opens again.")),
                FieldPanel("hours"), FieldPanel("hours_note"), FieldPanel("closed_on_holidays"), FieldPanel("exceptions"),
            ],
            heading=_("Opening hours"),
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("place"), _("places")
        ordering: ClassVar = ["name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="cms_place_whole_point",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its own page; there is one while the place is public (``cms.queries.standing``)."""
        return f"/kontakte/orte/{self.pk}/"

    @property
    def address(self) -> list[str]:
        """Return the lines of the address."""
        return [self.street, f"{self.zipcode} {self.city}".strip()]

    @property
    def geo(self) -> str:
        """Return the link that map programs open (RFC 5870); empty without a point."""
        return (
            "" if self.latitude is None or self.longitude is None else f"geo:{self.latitude:.6f},{self.longitude:.6f}"
        )

    def clean(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            missing = "longitude" if self.longitude is None else "latitude"
            raise ValidationError({missing: _("Please give both numbers, or none.")})
