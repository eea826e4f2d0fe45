"""The sections of the start page; editors order them as they like."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks import headings
from cms.blocks.body import BodyBlock
from cms.blocks.links import LinkBlock


class Section(blocks.StructBlock):
    """A part of the start page that fills itself."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=80, required=False, help_text=_("Empty: the usual heading.")
    )


class CampaignsSection(Section):
    """Campaigns that are open, with days left."""

    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=9)

    class Meta:
        icon, template, label = "group", "cms/sections/campaigns.html", _("Running campaigns")


class StatementSection(blocks.StructBlock):
    """What the mayor says."""

    text = blocks.TextBlock(label=_("Quote"), max_length=400, help_text=_("Without quotation marks, they are added."))
    person = blocks.CharBlock(label=_("Who says it"), max_length=100)
    office = blocks.CharBlock(label=_("Office"), max_length=120)
    portrait = ImageChooserBlock(label=_("Portrait"), required=False)

    class Meta:
        icon, template, label = "openquote", "cms/sections/statement.html", _("Statement with portrait")


class SituationBlock(LinkBlock):
    """An entrance for people in a certain situation."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    picture = ImageChooserBlock(label=_("Picture"), required=False)

    class Meta:
        icon, label = "pick", _("Situation")


class SituationsSection(Section):
    """Entrances by situation in life."""

    text = blocks.CharBlock(label=_("One sentence"), max_length=200, required=False)
    tiles = blocks.ListBlock(SituationBlock(), label=_("Situations"), min_num=1, max_num=9)

    class Meta:
        icon, template, label = "list-ul", "cms/sections/situations.html", _("Situations in life")


class NewsSection(Section):
    """The latest articles: one large, the others small."""

    count = blocks.IntegerBlock(label=_("How many"), default=4, min_value=1, max_value=7)

    class Meta:
        icon, template, label = "doc-full", "cms/sections/news.html", _("Latest news")


class IdeasSection(Section):
    """Ideas in fair order."""

    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=9)

    class Meta:
        icon, template, label = "form", "cms/sections/ideas.html", _("Ideas from the town")


class NumbersSection(Section):
    """How many ideas, supports, answers."""

    class Meta:
        icon, template, label = "table", "cms/sections/numbers.html", _("Numbers")


class MineSection(Section):
    """The person's own ideas with their state; strangers do not see that it is there."""

    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=9)

    class Meta:
        icon, template, label = "user", "cms/sections/mine.html", _("Own ideas of whoever is signed in")


class SearchSection(Section):
    """The search in large, with words to begin with."""

    words = blocks.ListBlock(
        blocks.CharBlock(label=_("Word"), max_length=40), label=_("Words that many look for"), default=[], min_num=0, max_num=8
    )  # fmt: skip

    class Meta:
        icon, template, label = "search", "cms/sections/search.html", _("Search in large")


class FreeSection(Section):
    """Free blocks."""

    body = BodyBlock(label=_("Content"), checks_headings=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Check the headings below the section's own."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation:
            try:
                headings.check(cleaned["body"], 2 if cleaned["title"] else 1)
            except ValidationError as wrong:
                raise blocks.StructBlockValidationError(block_errors={"body": wrong}) from wrong
        return cleaned

    class Meta:
        icon, template, label = "pilcrow", "cms/sections/free.html", _("Free content")


ONCE = ("campaigns", "statement", "situations", "news", "ideas", "numbers", "mine", "search")


class SectionBlock(blocks.StreamBlock):
    """What the start page may hold, each once (free content as often as wished)."""

    campaigns = CampaignsSection()
    statement = StatementSection()
    situations = SituationsSection()
    news = NewsSection()
    ideas = IdeasSection()
    numbers = NumbersSection()
    mine = MineSection()
    search = SearchSection()
    free = FreeSection()

    class Meta:
        required = False
        block_counts: ClassVar = {name: {"max_num": 1} for name in ONCE}
