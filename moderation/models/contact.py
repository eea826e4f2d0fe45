"""Where authorities and users reach the people behind this site (DSA, Art. 11 and 12)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

AUTHORITIES = """Polizei, in Gefahr für Leib oder Leben: 110
Bundeskriminalamt, Zentrale Meldestelle für strafbare Inhalte im Internet (ZMI BKA)
Abbildungen von Kindesmissbrauch: Landeskriminalamt"""


@register_setting(icon="mail", order=110)
class ContactPoint(BaseGenericSetting):
    """Addresses of the contact page; what is empty is taken from the town's settings."""

    authorities_email = models.EmailField(_("e-mail for authorities"), blank=True)
    authorities_phone = models.CharField(_("telephone for authorities"), max_length=40, blank=True)
    users_email = models.EmailField(_("e-mail for everybody"), blank=True)
    users_phone = models.CharField(_("telephone for everybody"), max_length=40, blank=True)
    languages = models.CharField(
        _("languages"), max_length=120, default="Deutsch, Englisch",
        help_text=_("In which one can write to you; German has to be one of them."),
    )  # fmt: skip
    authorities = models.TextField(
        _("authorities for grave cases"), max_length=2000, blank=True, default=AUTHORITIES,
        help_text=_("A line for each, with telephone or address. Moderators see them when a life may be in danger."),
    )  # fmt: skip

    panels: ClassVar = [
        MultiFieldPanel([FieldPanel("authorities_email"), FieldPanel("authorities_phone")], _("For authorities")),
        MultiFieldPanel([FieldPanel("users_email"), FieldPanel("users_phone")], _("For everybody")),
        FieldPanel("languages"),
        FieldPanel("authorities"),
    ]

    class Meta:
        verbose_name = verbose_name_plural = _("contact point")
