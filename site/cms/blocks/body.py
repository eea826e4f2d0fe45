"""The blocks of running pages: text, picture, quote, questions, contact, call, campaign, ideas; more in ``cms.blocks.campaign``."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks import samples
from cms.blocks.campaign import DatesBlock, DocumentsBlock, NewsBlock
from cms.blocks.choosers import CampaignChooserBlock
from cms.blocks.contacts import ContactCardBlock
from cms.blocks.figures import FiguresBlock, TableBlock
from cms.blocks.headings import OrderedStream
from cms.blocks.links import LinkBlock
from cms.blocks.media import GalleryBlock, VideoBlock
from cms.blocks.places import PlaceBlock
from cms.blocks.vote import VoteBlock

WRITING = ["bold", "italic", "link", "document-link", "ul", "ol"]


class HeadingBlock(blocks.StructBlock):
    """A heading between paragraphs."""

    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Size"), choices=[("2", _("Heading")), ("3", _("Smaller heading"))], default="2",
        help_text=_("A smaller heading only below a heading."), search_index=False,
    )  # fmt: skip

    class Meta:
        icon, template = "title", "cms/blocks/heading.html"
        label, group = _("Heading"), _("Text")
        preview_value = samples.HEADING


class PictureBlock(blocks.StructBlock):
    """A picture; its credit is printed by itself."""

    picture = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Words below"), max_length=250, required=False)

    class Meta:
        icon, template = "image", "cms/blocks/picture.html"
        label, group = _("Picture"), _("Text")
        preview_value = staticmethod(samples.one_picture)


class QuoteBlock(blocks.StructBlock):
    """What somebody said."""

    text = blocks.TextBlock(label=_("Quote"), max_length=500, help_text=_("Without quotation marks, they are added."))
    person = blocks.CharBlock(label=_("Who said it"), max_length=100, required=False)
    role = blocks.CharBlock(label=_("Office or role"), max_length=120, required=False)

    class Meta:
        icon, template = "openquote", "cms/blocks/quote.html"
        label, group = _("Quote"), _("Text")
        preview_value = samples.QUOTE


class QuestionBlock(blocks.StructBlock):
    """One entry that opens and closes."""

    title = blocks.CharBlock(label=_("Question or title"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=WRITING)

    class Meta:
        icon, label = "help", _("Entry")


class AccordionBlock(blocks.StructBlock):
    """Entries that open and close."""

    entries = blocks.ListBlock(QuestionBlock(), label=_("Entries"), min_num=1)

    class Meta:
        icon, template = "list-ul", "cms/blocks/accordion.html"
        label, group = _("Questions and answers"), _("Text")
        preview_value = samples.ACCORDION


class ContactBlock(blocks.StructBlock):
    """Whom to ask."""

    office = blocks.CharBlock(label=_("Office"), max_length=120)
    persons = blocks.CharBlock(label=_("Persons"), max_length=200, required=False)
    phone = blocks.RegexBlock(
        r"[+\d][\d ()/-]{3,30}", label=_("Telephone"), required=False,
        error_messages={"invalid": _("Please type digits, blanks and hyphens only.")},
    )  # fmt: skip
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    address = blocks.TextBlock(label=_("Address"), max_length=300, required=False, rows=3)
    hours = blocks.TextBlock(label=_("Opening hours"), max_length=300, required=False, rows=3)

    class Meta:
        icon, template = "user", "cms/blocks/contact.html"
        label, group = _("Contact"), _("Take part")
        preview_value = samples.CONTACT


class CallBlock(LinkBlock):
    """A call to do something, with one button."""

    title = blocks.CharBlock(label=_("Call"), max_length=100)
    words_below = blocks.TextBlock(label=_("One or two sentences"), max_length=300, required=False, rows=2)

    class Meta:
        icon, template = "pick", "cms/blocks/call.html"
        label, group = _("Call to do something"), _("Take part")
        preview_value = samples.CALL


class CampaignBlock(blocks.StructBlock):
    """A card that leads to a campaign."""

    campaign = CampaignChooserBlock(label=_("Campaign"))

    class Meta:
        icon, template = "group", "cms/blocks/campaign.html"
        label, group = _("Campaign"), _("Take part")
        preview_value = staticmethod(samples.one_campaign)


class IdeasBlock(blocks.StructBlock):
    """A few ideas in fair order."""

    title = blocks.CharBlock(label=_("Heading"), max_length=100, required=False)
    campaign = CampaignChooserBlock(label=_("Only from this campaign"), required=False)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon, template = "form", "cms/blocks/ideas.html"
        label, group = _("Ideas"), _("Take part")
        preview_value = samples.IDEAS


class BodyBlock(OrderedStream):
    """What a running page may hold."""

    heading = HeadingBlock()
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=WRITING,
        icon="pilcrow",
        group=_("Text"),
        template="cms/blocks/text.html",
        preview_value=samples.TEXT,
    )
    picture = PictureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    quote = QuoteBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    figures = FiguresBlock()
    contact = ContactBlock()
    contact_card = ContactCardBlock()
    place = PlaceBlock()
    call = CallBlock()
    campaign = CampaignBlock()
    vote = VoteBlock()
    ideas = IdeasBlock()
    dates = DatesBlock()
    news = NewsBlock()
    documents = DocumentsBlock()

    class Meta:
        required = False
        template = "cms/blocks/body.html"
