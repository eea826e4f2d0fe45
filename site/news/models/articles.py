"""The news index and its articles."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from cms.blocks import BodyBlock
from cms.fields import BlocksField
from cms.models import FixedSlugPage, TownPage
from cms.models.machines import Node, article
from cms.models.pages import TITLE
from ideas.models import Campaign, District, Idea, Topic


class NewsIndexPage(FixedSlugPage):
    """All articles, at /aktuelles/."""

    intro = models.TextField(_("introduction"), max_length=400, blank=True)

    fixed_slug = "aktuelles"
    nav_current = "aktuelles"
    template = "news/news_index_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar = ["news.NewsArticlePage"]
    content_panels: ClassVar = [TITLE, FieldPanel("intro")]
    promote_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], _("For search engines"))
    ]
    page_description = _("The list of all articles.")

    class Meta:
        verbose_name, verbose_name_plural = _("list of news"), _("lists of news")


class NewsArticlePage(TownPage):
    """One article."""

    date = models.DateField(_("date"), default=timezone.localdate)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+", verbose_name=_("topic"))
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    teaser = models.TextField(
        _("teaser"), max_length=300, help_text=_("Two sentences that make people want to read on.")
    )
    author_office = models.CharField(
        _("written by"),
        max_length=120,
        blank=True,
        help_text=_("Office or person, for example: Press office, Nele Hartwig"),
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("words below the picture"), max_length=250, blank=True)
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content"))
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("related campaign"),
        help_text=_("The article then calls to take part."),
    )  # fmt: skip

    nav_current = "aktuelles"
    joins = ("topic", "district", "picture", "campaign")
    share_kind = "article"
    template = "news/news_article_page.html"
    parent_page_types: ClassVar = ["news.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("teaser"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("topic"), FieldPanel("district")]),
        FieldPanel("author_office"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("caption")], _("Picture")),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("campaign"), InlinePanel("idea_links", label=_("Idea"), heading=_("Ideas in this article"))],
            _("What it is connected with"),
        ),
    ]
    page_description = _("An article in the news.")
    # What follows /aktuelles/ in addresses that are no articles (see ``news.urls``).
    reserved: ClassVar = frozenset(["feed", "newsletter"])

    class Meta:
        verbose_name, verbose_name_plural = _("article"), _("articles")
        indexes: ClassVar = [models.Index(fields=["-date", "-page_ptr"], name="article_newest")]

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved:
            raise ValidationError(
                {"slug": _("This address belongs to another part of the site. Please choose another one.")}
            )

    def json_ld(self, request: Any) -> list[Node]:
        """Say what the article is, beside where it stands."""
        about = article(
            self, published=self.date, changed=self.last_published_at,
            topic=self.topic.name if self.topic else "", author=self.author_office,
        )  # fmt: skip
        return [about, *super().json_ld(request)]


class ArticleIdea(Orderable):
    """An idea that an article reports on."""

    page = ParentalKey(NewsArticlePage, on_delete=models.CASCADE, related_name="idea_links")
    idea = models.ForeignKey(Idea, models.CASCADE, related_name="+", verbose_name=_("idea"))
    panels: ClassVar = [FieldPanel("idea")]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = _("idea in an article"), _("ideas in articles")
        constraints: ClassVar = [models.UniqueConstraint(fields=["page", "idea"], name="article_names_idea_once")]
