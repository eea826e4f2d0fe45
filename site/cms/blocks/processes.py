"""What the page of a core process is made of: milestones, services, partners, contacts, questions, dates."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.body import QuestionBlock
from cms.blocks.campaign import DateBlock
from cms.blocks.links import LinkBlock, check_address


class MilestoneBlock(blocks.StructBlock):
    """Something that was reached, or is to be."""

    day = blocks.DateBlock(
        label=_("Day"), help_text=_("Orders the list. The day itself is shown unless you say below when.")
    )
    when = blocks.CharBlock(
        label=_("When, in words"), max_length=60, required=False, help_text=_("For example: spring 2027")
    )
    title = blocks.CharBlock(label=_("What"), max_length=120)
    text = blocks.TextBlock(label=_("One sentence"), max_length=300, required=False, rows=2)
    reached = blocks.BooleanBlock(label=_("reached"), required=False)

    class Meta:
        icon, label = "tick", _("Milestone")


class ServiceBlock(LinkBlock):
    """What people get here, perhaps with a link to more."""

    title = blocks.CharBlock(label=_("Service"), max_length=100)
    # Not "words": that is what a link says of itself.
    words_below = blocks.TextBlock(label=_("One or two sentences"), max_length=300, required=False, rows=2)
    needs_target = False

    class Meta:
        icon, label = "tag", _("Service")


class PartnerBlock(blocks.StructBlock):
    """Who works on it, too."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    words = blocks.CharBlock(label=_("What they do"), max_length=200, required=False)
    url = blocks.CharBlock(label=_("Web address"), max_length=500, required=False, validators=[check_address])

    class Meta:
        icon, label = "group", _("Partner")


class Entries(blocks.StreamBlock):
    """A list of entries of one kind."""

    class Meta:
        required = False
        max_num = 60


class MilestonesBlock(Entries):
    milestone = MilestoneBlock()


class ServicesBlock(Entries):
    service = ServiceBlock()


class PartnersBlock(Entries):
    partner = PartnerBlock()


class ContactsBlock(Entries):
    contact = SnippetChooserBlock("cms.Contact", label=_("Contact from the list"), icon="user")


class QuestionsBlock(Entries):
    question = QuestionBlock()


class DatesListBlock(Entries):
    date = DateBlock()
