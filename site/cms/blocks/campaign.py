"""Blocks that campaigns need most: key dates, news, documents."""

from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks import samples
from cms.blocks.choosers import CampaignChooserBlock


class DateBlock(blocks.StructBlock):
    """One date: a day, or some days, at a place."""

    title = blocks.CharBlock(label=_("What happens"), max_length=120)
    day = blocks.DateBlock(label=_("Day"))
    last_day = blocks.DateBlock(label=_("Last day"), required=False, help_text=_("Only if it takes several days."))
    begins = blocks.TimeBlock(label=_("Begins"), required=False)
    ends = blocks.TimeBlock(label=_("Ends"), required=False)
    place = blocks.CharBlock(label=_("Place"), max_length=160, required=False)
    text = blocks.TextBlock(label=_("One sentence"), max_length=300, required=False, rows=2)
    url = blocks.URLBlock(label=_("Web address for more"), required=False)

    class Meta:
        icon, label = "date", pgettext_lazy("event", "Date")

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse an end before the beginning."""
        cleaned = super().clean(value)
        first: date = cleaned["day"]
        last: date | None = cleaned.get("last_day")
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if last and last < first:
            raise wrong("last_day", _("The last day lies before the first."))
        if isinstance(begins, time) and isinstance(ends, time) and (last or first) == first and ends <= begins:
            raise wrong("ends", _("It ends before it begins."))
        return cleaned


def wrong(name: str, sentence: Any) -> ValidationError:
    """Return a fault that stands at one field of a block."""
    return blocks.StructBlockValidationError(block_errors={name: ValidationError(sentence)})


class DatesBlock(blocks.StructBlock):
    """Key dates in their order; those that are over say so."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100, required=False, help_text=_("Empty: Dates"))
    dates = blocks.ListBlock(DateBlock(), label=_("Dates"), min_num=1, max_num=40)

    class Meta:
        icon, template = "date", "cms/blocks/dates.html"
        label, group = _("Dates"), _("Take part")
        preview_value = staticmethod(samples.dates)


class NewsBlock(blocks.StructBlock):
    """News about a campaign, newest first."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100, required=False, help_text=_("Empty: News"))
    campaign = CampaignChooserBlock(
        label=_("Campaign"), required=False, help_text=_("Empty on the page of a campaign: this campaign.")
    )
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon, template = "doc-full", "cms/blocks/news.html"
        label, group = _("News of a campaign"), _("Take part")
        preview_value = samples.NEWS


class DocumentBlock(blocks.StructBlock):
    """One document with the words of its link."""

    document = DocumentChooserBlock(label=_("Document"))
    words = blocks.CharBlock(
        label=_("Words of the link"), max_length=160, required=False, help_text=_("Empty: the document's title.")
    )

    class Meta:
        icon, label = "doc-full-inverse", _("Document")


class DocumentsBlock(blocks.StructBlock):
    """Documents to read or download; kind and size are said by themselves."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100, required=False, help_text=_("Empty: Documents"))
    documents = blocks.ListBlock(DocumentBlock(), label=_("Documents"), min_num=1, max_num=40)

    class Meta:
        icon, template = "doc-full-inverse", "cms/blocks/documents.html"
        label, group = _("Documents"), _("Text")
        preview_value = staticmethod(samples.documents)
