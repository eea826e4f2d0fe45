"""The public page of the family advisory board, and pages that came out of its room."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page

from cms.blocks import BodyBlock
from cms.fields import BlocksField
from cms.models import open_to_all
from cms.models.machines import Node, event
from cms.models.pages import TITLE, FixedSlugPage, TownPage

if TYPE_CHECKING:
    from boards.models.meetings import Meeting

SEARCH_ENGINES = MultiFieldPanel(
    [FieldPanel("seo_title"), FieldPanel("search_description")], heading=_("For search engines")
)
# Parts of addresses below the board's page that are no pages (see ``boards.urls``).
TAKEN = frozenset({"raum", "sitzungen", "empfehlungen", "bewerbung"})
NEXT = 3


class BoardPage(FixedSlugPage):
    """The advisory board at /familienbeirat/: task, members, meetings, recommendations, how to join."""

    lead = models.TextField(
        _("lead"), max_length=400, blank=True, help_text=_("Two sentences that say what the page is about.")
    )
    picture = models.ForeignKey(
        "cms.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("task"))
    term_begins = models.DateField(_("term begins"), null=True, blank=True)
    term_ends = models.DateField(_("term ends"), null=True, blank=True, help_text=_("The last day."))
    rhythm = models.CharField(
        _("how often it meets"), max_length=200, blank=True, help_text=_("For example: every eight weeks, each time in another district.")
    )  # fmt: skip
    answer_office = models.CharField(
        _("who answers recommendations"), max_length=120, blank=True, help_text=_("The office, as people know it.")
    )
    answer_days = models.PositiveSmallIntegerField(
        _("answer within (working days)"), default=30, validators=[MinValueValidator(1), MaxValueValidator(250)],
        help_text=_("From the day of the decision. Everybody sees when an answer is overdue."),
    )  # fmt: skip
    answer_email = models.EmailField(
        _("reminders go to"), blank=True,
        help_text=_("A week before an answer is due, and when it is overdue. Nobody else sees this address."),
    )  # fmt: skip
    seeks_members = models.BooleanField(_("the board is looking for members"), default=False)
    apply_until = models.DateField(_("apply until"), null=True, blank=True, help_text=_("Empty: at any time."))
    apply_text = models.TextField(
        _("how to join"), max_length=1200, blank=True, help_text=_("Who can join, what it takes, what happens next.")
    )
    contact = models.ForeignKey(
        "cms.Contact", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )

    fixed_slug = "familienbeirat"
    joins = ("picture", "contact", "contact__deputy")
    template = "boards/board_page.html"
    max_count = 1
    parent_page_types: ClassVar = ["cms.StartPage"]
    subpage_types: ClassVar = ["boards.ResultPage"]
    content_panels: ClassVar = [
        TITLE,
        FieldPanel("lead"),
        FieldPanel("picture"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("term_begins"), FieldPanel("term_ends")]), FieldPanel("rhythm")],
            heading=pgettext_lazy("board", "Term"),
        ),
        HelpPanel(
            _("Members, meetings, recommendations and answers are kept in the menu “Advisory board” and shown by themselves.")
        ),
        MultiFieldPanel(
            [FieldPanel("answer_office"), FieldRowPanel([FieldPanel("answer_days"), FieldPanel("answer_email")])],
            heading=_("Answer of the town"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("seeks_members"), FieldPanel("apply_until")]),
                FieldPanel("apply_text"),
                FieldPanel("contact"),
            ],
            heading=_("Joining the board"),
        ),
    ]  # fmt: skip
    promote_panels: ClassVar = [SEARCH_ENGINES]
    page_description = _("Presents the advisory board with members, meetings and recommendations.")

    class Meta:
        verbose_name, verbose_name_plural = _("page of the advisory board"), _("pages of the advisory board")

    def clean(self) -> None:
        super().clean()
        if self.term_begins and self.term_ends and self.term_ends < self.term_begins:
            raise ValidationError({"term_ends": _("The end is before the begin.")})

    @cached_property
    def coming(self) -> "list[Meeting]":
        """Return the next public meetings; read once for people and machines."""
        found = self.meetings.filter(is_public=True, ends_at__gt=timezone.now()).defer("minutes", "agenda")
        return list(found.order_by("starts_at", "pk")[:NEXT])

    def json_ld(self, request: Any) -> list[Node]:
        """Add the next meetings that take place."""
        dates = [
            event(one.title, begins=one.starts_at, ends=one.ends_at, place=one.place, url=one.get_absolute_url())
            for one in self.coming
            if not one.cancelled
        ]
        return [*super().json_ld(request), *dates]

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:  # type: ignore[override]
        """Return this page alone: it stands directly below the start page."""
        return [(self.title, "")]


class ResultPage(TownPage):
    """A result of the board's closed room that everybody may read; its origin was set when it was published."""

    lead = models.TextField(_("lead"), max_length=400, blank=True)
    body = BlocksField(BodyBlock(), blank=True, verbose_name=_("content"))
    origin = models.CharField(_("where it comes from"), max_length=300, blank=True, editable=False)

    template = "boards/result_page.html"
    parent_page_types: ClassVar = ["boards.BoardPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    promote_panels: ClassVar = [FieldPanel("slug"), SEARCH_ENGINES]
    page_description = _("A result of the advisory board.")

    class Meta:
        verbose_name, verbose_name_plural = _("result of the advisory board"), _("results of the advisory board")

    def clean(self) -> None:
        super().clean()
        if self.slug in TAKEN:
            raise ValidationError(
                {"slug": _("This address belongs to another part of the site. Please choose another one.")}
            )


class OfTheBoard(models.Model):
    """What belongs to the board: there is one, so editors need not choose it."""

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        self.take_board()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.take_board()
        if getattr(self, "board_id", None) is None:
            raise ValidationError(_("First make the page of the advisory board, below the start page."))
        super().full_clean(*args, **kwargs)  # type: ignore[arg-type]

    def take_board(self) -> None:
        """Put it to the board where nobody said to which."""
        if getattr(self, "board_id", None) is None:
            self.board = BoardPage.objects.order_by("pk").first()


def public_board() -> BoardPage | None:
    """Return the board whose page everybody may open; without one there is nothing below it either."""
    return next(iter(open_to_all(BoardPage.objects.select_related("contact")).order_by("pk")[:1]), None)
