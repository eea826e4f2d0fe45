"""A contact that is kept once and shown on many pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks import samples


def first_contact() -> dict[str, object]:
    """Return what the preview of the block shows: a contact of the list, if there is one."""
    return {"contact": samples.contact()}


class ContactCardBlock(blocks.StructBlock):
    """A kept contact; when it is deleted the page shows nothing in its place."""

    contact = SnippetChooserBlock("cms.Contact", label=_("Contact"))

    class Meta:
        icon, template = "user", "cms/blocks/contact_card.html"
        label, group = _("Contact from the list"), _("Take part")
        preview_value = staticmethod(first_contact)
