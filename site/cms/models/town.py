"""What the frame of every page says about the town; kept by editors under "Settings"."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.blocks import StreamBlock
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms import colours
from cms.blocks import MenuLinkBlock
from cms.fields import BlocksField
from cms.panels import GuardedPanel
from theme.contrast import HEX

COLOUR = RegexValidator(
    r"^#[0-9A-Fa-f]{6}$", _("Please write the colour as # and six digits or letters a to f, for example #0b5c57.")
)


class LinksBlock(StreamBlock):
    """A list of links."""

    link = MenuLinkBlock()

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
    menu = BlocksField(LinksBlock(max_num=6), blank=True, verbose_name=_("further entries of the main menu"))
    take_part_links = BlocksField(LinksBlock(max_num=8), blank=True, verbose_name=_('footer, column "Take part"'))
    check_links = BlocksField(LinksBlock(max_num=8), blank=True, verbose_name=_('footer, column "Check for yourself"'))
    legal_links = BlocksField(
        LinksBlock(max_num=8),
        blank=True,
        verbose_name=_("bottom line"),
        help_text=_("Imprint, privacy, accessibility …"),
    )

    main_colour = models.CharField(
        _("main colour"), max_length=7, blank=True, validators=[COLOUR],
        help_text=_("For buttons, links and bands, dark enough for white letters: #0b5c57. Empty: the colour that comes with the site."),
    )  # fmt: skip
    call_colour = models.CharField(
        _("colour of the call"), max_length=7, blank=True, validators=[COLOUR],
        help_text=_("For the one large button and for marks, light enough for dark letters: #ffcf4a."),
    )  # fmt: skip
    accent_colour = models.CharField(
        _("second colour"), max_length=7, blank=True, validators=[COLOUR],
        help_text=_("For topics and small signs, dark enough on white: #9c3722."),
    )  # fmt: skip
    two_persons = models.BooleanField(
        _("nobody publishes alone"), default=False,
        help_text=_("Every page is submitted, and somebody else of the editors approves it. Needs at least two editors."),
    )  # fmt: skip

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
            ObjectList(
                [FieldPanel(name) for name in ("main_colour", "call_colour", "accent_colour")], heading=_("Colours")
            ),
            ObjectList(
                [
                    # Who gives rights gives and takes this one, too; editors do not let themselves off.
                    GuardedPanel(
                        "two_persons",
                        permission="auth.change_group",
                        words_for_readers=_(
                            "Only the administration changes this: whoever looks after groups and their rights."
                        ),
                    )
                ],
                heading=_("Approval"),
            ),
        ]
    )
    select_related: ClassVar = ["crest"]

    class Meta:
        verbose_name = verbose_name_plural = _("town and menus")

    def clean(self) -> None:
        super().clean()
        wrong: dict[str, Any] = dict(colours.faults(self)) if self.has_colours else {}
        if self.phone and not set(self.phone) <= set("+0123456789 ()/-"):
            wrong["phone"] = _("Please type digits, blanks and hyphens only.")
        if wrong:
            raise ValidationError(wrong)

    @property
    def has_colours(self) -> bool:
        """Tell whether all colours that were typed are colours; their field says so otherwise."""
        typed = (self.main_colour, self.call_colour, self.accent_colour)
        return all(HEX.fullmatch(colour) for colour in typed if colour)
