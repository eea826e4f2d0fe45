"""A card that leads to a campaign's vote, at its time."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import samples
from cms.blocks.choosers import CampaignChooserBlock


class VoteBlock(blocks.StructBlock):
    """When one may vote, and where; afterwards where the result is."""

    campaign = CampaignChooserBlock(label=_("Campaign"))
    words = blocks.CharBlock(
        label=_("Call"), max_length=100, required=False, help_text=_("Empty: the campaign's name.")
    )

    class Meta:
        icon, template, preview_value = "pick", "cms/blocks/vote.html", staticmethod(samples.vote)
        label, group = _("Vote of a campaign"), _("Take part")
        description = _("Says by itself whether one may vote already, still, or not any more.")
