"""Links: to a page of this site, or to an address."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

ADDRESS = re.compile(r"(/(?!/)\S*|https?://\S+|mailto:\S+@\S+|tel:[+\d /()-]+)", re.IGNORECASE)


def check_address(value: str) -> None:
    """Refuse what is no address: script, missing scheme, blanks."""
    if not ADDRESS.fullmatch(value):
        raise ValidationError(
            _("Please begin with https://, with mailto:, with tel: or, for a page of this site, with a slash.")
        )


class LinkValue(blocks.StructValue):
    """Knows where the link leads and what stands on it."""

    @property
    def href(self) -> str:
        """Return the address, or nothing when the chosen page is gone or not public."""
        page = self.get("page")
        if page is not None:
            return (page.url or "") if page.live else ""
        return self.get("url") or ""

    @property
    def words(self) -> str:
        """Return the text on the link, the page's title without one."""
        page = self.get("page")
        return self.get("text") or (page.title if page is not None else "")


class LinkBlock(blocks.StructBlock):
    """Where to: a page, or an address."""

    text = blocks.CharBlock(label=_("Text on the link"), max_length=80, required=False)
    page = blocks.PageChooserBlock(label=_("Page of this site"), required=False)
    url = blocks.CharBlock(
        label=_("or an address"), max_length=500, required=False, validators=[check_address],
        help_text=_("For example /ideen/ or https://www.example.org"),
    )  # fmt: skip
    needs_target = True

    def clean(self, value: dict[str, Any]) -> dict[str, Any]:
        found = super().clean(value)
        page, url = found.get("page"), found.get("url")
        if page and url:
            problem = ValidationError(_("Please choose a page or type an address, not both."))
            raise blocks.StructBlockValidationError(block_errors={"url": problem})
        if self.needs_target and not page and not url:
            problem = ValidationError(_("Please choose a page or type an address."))
            raise blocks.StructBlockValidationError(block_errors={"page": problem})
        if url and not found.get("text") and self.needs_target and "text" in self.child_blocks:
            problem = ValidationError(_("Please say what stands on the link."))
            raise blocks.StructBlockValidationError(block_errors={"text": problem})
        return found

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue


class MenuLinkBlock(LinkBlock):
    """A link of the menus, which all pages have in common: its words may be given in English too."""

    text_en = blocks.CharBlock(
        label=_("Text on the link in English"), max_length=80, required=False,
        help_text=_("Readers of the English pages see this. Empty: the German words."),
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue
