"""The blocks of a page in other words: those of running pages, and text with a picture beside it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.body import WRITING, BodyBlock


class PictureTextBlock(blocks.StructBlock):
    """Few sentences with a picture that helps to understand them."""

    picture = ImageChooserBlock(label=_("Picture"))
    text = blocks.RichTextBlock(label=_("Text"), features=WRITING)

    class Meta:
        icon, template = "image", "cms/blocks/picture_text.html"
        label, group = _("Text with a picture"), _("Text")


class VariantBlock(BodyBlock):
    """What a version in other words may hold."""

    picture_text = PictureTextBlock()

    class Meta:
        required = False
        template = "cms/blocks/body.html"
