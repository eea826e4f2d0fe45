"""What the frame of every page says about the town; kept by editors under "Settings"."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.blocks import StreamBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from cms.blocks import LinkBlock


class LinksBlock(StreamBlock):
    """A list of links."""

    link = LinkBlock()

    class Meta:
        required = False


@register_setting(icon="home", order=100)
class TownSettings(BaseGenericSetting):
    """Name, contact and menus."""

    name = models.CharField(_("short name"), max_length=40, default="Musterstadt")
    full_name = models.CharField(_("full name"), max_length=80, default="Musterstadt an der Lippe")
    claim = models.CharField(
        _("claim"), max_length=40, blank=True, default="wirkt mit", help_text=_("Stands below the name.")
    )
    crest = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("crest"),
        help_text=_("A picture with a transparent ground, upright. Empty: the crest that comes with the site."),
    )  # fmt: skip
    office = models.CharField(_("office"), max_length=120, blank=True)
    persons = models.CharField(_("persons"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.TextField(_("address"), max_length=300, blank=True)
    hours = models.TextField(_("opening hours and access"), max_length=300, blank=True)
    menu = StreamField(LinksBlock(max_num=6), blank=True, verbose_name=_("further entries of the main menu"))
    take_part_links = StreamField(LinksBlock(max_num=8), blank=True, verbose_name=_('footer, column "Take part"'))
    check_links = StreamField(LinksBlock(max_num=8), blank=True, verbose_name=_('footer, column "Check for yourself"'))
    legal_links = StreamField(
        LinksBlock(max_num=8),
        blank=True,
        verbose_name=_("bottom line"),
        help_text=_("Imprint, privacy, accessibility …"),
    )

    edit_handler = TabbedInterface(
        [
            ObjectList([FieldPanel(name) for name in ("name", "full_name", "claim", "crest")], heading=_("Town")),
            ObjectList(
                [
                    MultiFieldPanel(
                        [FieldPanel(n) for n in ("office", "persons", "phone", "email")], _("Questions? We are here.")
                    ),
                    MultiFieldPanel([FieldPanel(n) for n in ("address", "hours")], _("Where to find us")),
                ],
                heading=_("Contact"),
            ),
            ObjectList(
                [FieldPanel(name) for name in ("menu", "take_part_links", "check_links", "legal_links")],
                heading=_("Menus"),
            ),
        ]
    )
    select_related: ClassVar = ["crest"]

    class Meta:
        verbose_name = verbose_name_plural = _("town and menus")

    def clean(self) -> None:
        super().clean()
        if self.phone and not set(self.phone) <= set("+0123456789 ()/-"):
            raise ValidationError({"phone": _("Please type digits, blanks and hyphens only.")})
