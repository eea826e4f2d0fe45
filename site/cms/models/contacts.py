"""Whom to ask: kept once, shown on any page, with a deputy while somebody is away."""

import datetime as dt
from typing import ClassVar, Optional

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

PHONE = RegexValidator(r"^[+\d][\d ()/-]{3,30}$", _("Please type digits, blanks and hyphens only."))


MOST_STEPS = 5


class ContactManager(models.Manager["Contact"]):
    """Reads with a contact what its card says, so that a page with many cards asks once."""

    def get_queryset(self) -> "models.QuerySet[Contact]":
        return super().get_queryset().select_related("location", "deputy", "successor")


class Contact(models.Model):
    """An office, or a person in it, that people may turn to."""

    office = models.CharField(_("office"), max_length=120)
    name = models.CharField(_("person"), max_length=120, blank=True)
    role = models.CharField(
        pgettext_lazy("contact", "role"), max_length=120, blank=True, help_text=_("What is this person there for?")
    )
    slug = models.SlugField(pgettext_lazy("part of a web address", "address"), max_length=80, unique=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[PHONE])
    fax = models.CharField(_("fax"), max_length=40, blank=True, validators=[PHONE])
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Shown after a click only, so that machines do not collect it.")
    )
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    zipcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    hours = models.TextField(
        _("opening hours"), max_length=300, blank=True, help_text=_("Only where no place with its hours is chosen.")
    )
    location = models.ForeignKey(
        "cms.Place", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("place"),
        help_text=_("Gives address, way and hours; the card says whether it is open now."),
    )  # fmt: skip
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True, help_text=_("The last day."))
    deputy = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("deputy"),
        help_text=_("Named while this person is away."),
    )  # fmt: skip
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("successor"),
        help_text=_("Shown in place of this contact, wherever it stands. Then it can leave without touching a page."),
    )  # fmt: skip
    is_listed = models.BooleanField(_("stands on the page of contacts"), default=True)
    check_on = models.DateField(
        _("look at it again on"), null=True, blank=True,
        help_text=_("Two weeks before this day it stands under “Coming up”, and editors are told by mail."),
    )  # fmt: skip

    objects = ContactManager()

    panels: ClassVar = [
        FieldPanel("office"), FieldRowPanel([FieldPanel("name"), FieldPanel("role")]), FieldPanel("slug"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("fax"), FieldPanel("email")]),
        FieldRowPanel([FieldPanel("street"), FieldPanel("zipcode"), FieldPanel("city")]),
        FieldPanel("location"), FieldPanel("hours"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("away_from"), FieldPanel("away_until")]), FieldPanel("deputy")], heading=_("Absence")
        ),
        FieldPanel("successor"), FieldRowPanel([FieldPanel("is_listed"), FieldPanel("check_on")]),
    ]  # fmt: skip

    class Meta:
        verbose_name, verbose_name_plural = _("contact"), _("contacts")
        ordering: ClassVar = ["office", "name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(away_from=None) | Q(away_until=None) | Q(away_until__gte=F("away_from")),
                name="cms_contact_away",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}, {self.name}" if self.name else self.office

    def get_absolute_url(self) -> str:
        """Return the address of the page that shows everything, the mail address after one more click."""
        return f"/kontakte/{self.slug}/"

    @property
    def tel(self) -> str:
        """Return the number as telephones dial it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def place(self) -> list[str]:
        """Return the lines of the address."""
        own = [line for line in (self.street, f"{self.zipcode} {self.city}".strip()) if line]
        return own if self.street or self.location is None else self.location.address

    def is_away(self, day: dt.date | None = None) -> bool:
        """Tell whether somebody else is to be asked that day; without a last day until it is changed."""
        day = day or timezone.localdate()
        return (
            self.away_from is not None and self.away_from <= day and (self.away_until is None or day <= self.away_until)
        )

    @property
    def stands_in(self) -> Optional["Contact"]:
        """Return whom to ask today instead; nobody while the deputy is away too."""
        return self.deputy if self.is_away() and self.deputy and not self.deputy.is_away() else None

    @property
    def today(self) -> "Contact":
        """Return who is shown in place of this contact: the last of its successors."""
        found = self
        for _step in range(MOST_STEPS):
            if found.successor is None:
                break
            found = found.successor
        return found

    def clean(self) -> None:
        wrong = {}
        if self.away_until and not self.away_from:
            wrong["away_from"] = _("Please say from when.")
        if self.away_from and self.away_until and self.away_until < self.away_from:
            wrong["away_until"] = _("The end is before the begin.")
        if self.deputy_id and self.deputy_id == self.pk:
            wrong["deputy"] = _("Nobody is their own deputy.")
        if self.successor_id and (self.successor_id == self.pk or self.today.pk == self.pk or self.today.successor_id):
            wrong["successor"] = _("This would go round in circles. Please choose another contact.")
        if not (self.phone or self.email or self.street or self.location_id):
            wrong["phone"] = _("Please give at least one way: telephone, e-mail or address.")
        if wrong:
            raise ValidationError(wrong)
