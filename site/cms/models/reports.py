"""Reports of the town that come out every few years: editions, their chapters, and which series a chapter shows."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page

from cms.blocks import BodyBlock
from cms.fields import BlocksField
from cms.models.goals import SEARCH_ENGINES
from cms.models.indicators import Indicator
from cms.models.pages import TITLE, FixedSlugPage, TownPage
from cms.models.survey import CONSTRAINTS, Survey
from cms.pdf_facts import Facts, facts
from cms.report_forms import ReportForm
from ideas.models import Goal, Topic

COMPARISON = "vergleich"
YEARS = [MinValueValidator(1900), MaxValueValidator(2200)]


class ReportIndexPage(FixedSlugPage):
    """All editions, at /familienbericht/."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content below the reports"))

    fixed_slug = "familienbericht"
    joins = ("picture",)
    template = "cms/report_index_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar = ["cms.ReportPage"]
    content_panels: ClassVar = [TITLE, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body")]
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("All reports on families in the town, the newest first.")

    class Meta:
        verbose_name, verbose_name_plural = _("list of reports"), _("lists of reports")


class ReportPage(Survey, TownPage):
    """One edition: what it says in short, how people were asked, and its chapters as pages below."""

    year = models.PositiveSmallIntegerField(_("year of the report"), validators=YEARS)
    lead = models.TextField(
        _("lead"), max_length=400, blank=True, help_text=_("What is it about, in two sentences that everybody understands?")
    )  # fmt: skip
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("summary"))
    pdf = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("report as PDF"),
        help_text=_("Pages, size and whether it can be read aloud are found out by themselves and told beside it."),
    )  # fmt: skip
    # Found in the file; valid as long as the file has this hash.
    pdf_hash = models.CharField(max_length=40, blank=True, editable=False)
    pdf_pages = models.PositiveIntegerField(null=True, blank=True, editable=False)
    pdf_tagged = models.BooleanField(default=False, editable=False)
    pdf_language = models.CharField(max_length=20, blank=True, editable=False)

    base_form_class = ReportForm
    joins = ("picture", "pdf")
    template = "cms/report_page.html"
    parent_page_types: ClassVar = ["cms.ReportIndexPage"]
    subpage_types: ClassVar = ["cms.ChapterPage"]
    content_panels: ClassVar = [
        *Page.content_panels, FieldPanel("year"), FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body"),
        Survey.survey_panel, FieldPanel("pdf"),
    ]  # fmt: skip
    page_description = _("One report with its summary, its survey and its chapters.")

    class Meta:
        verbose_name, verbose_name_plural = _("family report"), _("family reports")
        constraints: ClassVar = CONSTRAINTS

    def clean(self) -> None:
        super().clean()
        if self.slug == COMPARISON:
            raise ValidationError(
                {"slug": _("This address belongs to another part of the site. Please choose another one.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.look_at_pdf()
        super().save(*args, **kwargs)

    def look_at_pdf(self) -> None:
        """Take over what is to be told about the file; a file that acts or cannot be read is not offered."""
        if self.pdf is None or self.pdf.get_file_hash() != self.pdf_hash:
            found = facts(self.pdf) if self.pdf else Facts()
            self.pdf_hash, self.pdf_pages = found.hash, found.pages
            self.pdf_tagged, self.pdf_language = found.is_tagged, found.language

    @property
    def offers_pdf(self) -> bool:
        """Tell whether there is a file that was looked at."""
        return self.pdf is not None and bool(self.pdf_hash) and self.pdf.file_hash == self.pdf_hash


class ChapterPage(TownPage):
    """One chapter as a page: text, series, ideas about it."""

    lead = models.TextField(
        _("lead"), max_length=400, blank=True, help_text=_("The most important sentence of this chapter.")
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content"))
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("goal"),
        help_text=_("Ideas for this goal are shown below the chapter."),
    )  # fmt: skip
    topic = models.ForeignKey(
        Topic, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("topic"),
        help_text=_("Ideas on this topic are shown below the chapter."),
    )  # fmt: skip

    joins = ("goal", "topic", "picture")
    template = "cms/report_chapter_page.html"
    parent_page_types: ClassVar = ["cms.ReportPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [
        *Page.content_panels, FieldPanel("lead"), FieldPanel("picture"), FieldPanel("body"),
        InlinePanel("series", heading=_("Numbers"), label=_("Indicator")),
        FieldRowPanel([FieldPanel("goal"), FieldPanel("topic")]),
    ]  # fmt: skip
    page_description = _("One chapter of a report with its numbers and the ideas about it.")

    class Meta:
        verbose_name, verbose_name_plural = _("chapter of a report"), _("chapters of reports")

    @cached_property
    def report(self) -> ReportPage:
        """Return the report it belongs to."""
        return ReportPage.objects.select_related("pdf").order_by().get(path=self.path[: -self.steplen])

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """Return the report and this chapter, without asking for the list's own title."""
        place = f"/{ReportIndexPage.fixed_slug}/"
        return [(str(_("Family report")), place), (self.report.title, self.report.get_absolute_url()), (self.title, "")]


class ChapterIndicator(Orderable):
    """A series that a chapter shows, with a sentence on what is to be seen in it."""

    chapter = ParentalKey(ChapterPage, on_delete=models.CASCADE, related_name="series")
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="chapters", verbose_name=_("indicator"))
    words = models.CharField(
        _("what can be seen"), max_length=300, blank=True, help_text=_("One sentence for people who do not read charts.")
    )  # fmt: skip

    panels: ClassVar = [FieldPanel("indicator"), FieldPanel("words")]

    class Meta(Orderable.Meta):
        verbose_name, verbose_name_plural = _("indicator of a chapter"), _("indicators of chapters")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chapter", "indicator"], name="cms_chapter_indicator_once")
        ]

    def __str__(self) -> str:
        return str(self.indicator)
