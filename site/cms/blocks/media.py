"""Several pictures side by side, and films that nobody is made to load."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks import samples

FILMS = ("mp4", "webm")


class GalleryPicture(blocks.StructBlock):
    """One of them."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Words below"), max_length=160, required=False)

    class Meta:
        icon, label = "image", _("Picture")


class GalleryBlock(blocks.StructBlock):
    """Pictures beside and below each other: all are to be seen at once, nothing moves."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100, required=False)
    pictures = blocks.ListBlock(GalleryPicture(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        icon, template, preview_value = "image", "cms/blocks/gallery.html", staticmethod(samples.gallery)
        label, group = _("Several pictures"), _("Text")
        description = _(
            "Two to 24 pictures side by side, each with its credit. What is to be seen is said at the picture itself."
        )


class VideoValue(blocks.StructValue):
    """Knows where a film that is not ours lies."""

    @property
    def host(self) -> str:
        """Return the name of the other site."""
        return (urlsplit(self.get("url") or "").hostname or "").removeprefix("www.")


class VideoBlock(blocks.StructBlock):
    """A film of our own, loaded after a click only, or a link to one elsewhere with a sentence about privacy."""

    title = blocks.CharBlock(label=_("What the film shows"), max_length=120)
    file = DocumentChooserBlock(label=_("Own film"), required=False, help_text=_("MP4 or WebM, from the documents."))
    captions = DocumentChooserBlock(
        label=_("Subtitles"), required=False, help_text=_("A VTT file, for all who do not hear the sound.")
    )
    picture = ImageChooserBlock(label=_("Still picture"), required=False, help_text=_("Only with a film of our own."))
    url = blocks.URLBlock(
        label=_("or a film on another site"), required=False,
        help_text=_("It becomes a link. Nothing is loaded from there before somebody follows it."),
    )  # fmt: skip
    spoken = blocks.TextBlock(
        label=_("What is said and shown, in short"), max_length=2000, required=False, rows=4,
        help_text=_("For all who cannot see or hear the film."),
    )  # fmt: skip

    class Meta:
        icon, template, preview_value = "media", "cms/blocks/video.html", staticmethod(samples.video)
        label, group, value_class = _("Film"), _("Text"), VideoValue
        description = _("Starts after a click only; before that nothing is loaded, from no other site at all.")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse both, neither, a file that is no film, subtitles that are none."""
        cleaned = super().clean(value)
        wrong = {} if self.is_deferred_validation else faults(cleaned)
        if wrong:
            raise blocks.StructBlockValidationError(block_errors={k: ValidationError(v) for k, v in wrong.items()})
        return cleaned


def faults(value: Any) -> dict[str, Any]:
    """Return what is wrong with a film, by field."""
    film, url, captions = value.get("file"), value.get("url"), value.get("captions")
    wrong: dict[str, Any] = {}
    if bool(film) == bool(url):
        wrong["file"] = _("Please choose a film of our own or type the address of another one, one of both.")
    elif film and film.file_extension.lower() not in FILMS:
        wrong["file"] = _("This document is no film that browsers play. Please choose MP4 or WebM.")
    if url and not url.startswith("https://"):
        wrong["url"] = _("Please begin with https://.")
    if captions and captions.file_extension.lower() != "vtt":
        wrong["captions"] = _("Subtitles are a file that ends with .vtt.")
    return wrong
